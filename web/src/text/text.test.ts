import {
  isArgumentElement,
  isDateElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  isTimeElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { lengthened } from './pseudo';

type Texts = Record<string, string>;

/** `./en/map.json` and its texts, for every area of every language. */
const FILES = import.meta.glob<Texts>('./{en,fr,ja}/*.json', { import: 'default', eager: true });

function areasOf(language: string): Record<string, Texts> {
  const prefix = `./${language}/`;
  const files = Object.entries(FILES).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(
    files.map(([path, texts]) => [path.slice(prefix.length, -'.json'.length), texts]),
  );
}

function textsIn(language: string): Texts {
  return Object.assign({}, ...Object.values(areasOf(language)));
}

const [en, fr, ja] = [textsIn('en'), textsIn('fr'), textsIn('ja')];
const LANGUAGES: Record<string, Texts> = { en, fr, ja };

/** Texts that are the same in several languages, because the word is. */
const SAME_ON_PURPOSE: Record<string, string[]> = {
  fr: [
    'compare.letter.a',
    'compare.letter.b',
    'product',
    'page.title',
    'data.source',
    'data.export.csv',
    'data.export.parquet',
    'data.export.xes',
    'data.version',
    'data.versions',
    'data.actions',
    'report.subtitle',
    'filters.editor.unit.minutes',
    'filters.word.version',
    'shell.log.version',
    'templates.version',
    'views.version.kept',
    'map.detail.auto',
    'map.metric.total',
    'map.table.total',
    'overview.waits.total',
  ],
  ja: [
    'compare.letter.a',
    'compare.letter.b',
    'product',
    'page.title',
    'data.export.csv',
    'data.export.parquet',
    'data.export.xes',
    'map.key.enter',
    'map.key.shift',
    'report.subtitle',
  ],
};

/** Every placeholder of a message with its kind, wherever it stands. */
function placeholders(text: string): string[] {
  const found = new Set<string>();
  const visit = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (isArgumentElement(element)) found.add(element.value);
      if (isNumberElement(element)) found.add(element.value);
      if (isDateElement(element) || isTimeElement(element)) found.add(element.value);
      if (isTagElement(element)) {
        found.add(`<${element.value}>`);
        visit(element.children);
      }
      if (isPluralElement(element) || isSelectElement(element)) {
        found.add(element.value);
        for (const option of Object.values(element.options)) visit(option.value);
      }
    }
  };
  visit(parse(text));
  return [...found].sort();
}

function pluralForms(text: string): string[][] {
  const forms: string[][] = [];
  const visit = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (isPluralElement(element)) {
        forms.push(Object.keys(element.options).filter((form) => !form.startsWith('=')));
        for (const option of Object.values(element.options)) visit(option.value);
      }
    }
  };
  visit(parse(text));
  return forms;
}

/** A message with a blank for each value, and the forms of its plurals one after another. */
function told(text: string, blank: string, betweenForms: string): string {
  const visit = (elements: MessageFormatElement[]): string =>
    elements
      .map((element) => {
        if (isPluralElement(element) || isSelectElement(element)) {
          return Object.values(element.options)
            .map((option) => visit(option.value))
            .join(betweenForms);
        }
        if (isTagElement(element)) return visit(element.children);
        return isLiteralElement(element) ? element.value : blank;
      })
      .join('');
  return visit(parse(text));
}

/** The words of a message without its placeholders. */
function words(text: string): string {
  return told(text, '', ' ');
}

/** The words of a message with `_` for each value, and every form of its plurals in a line. */
function flat(text: string): string {
  return told(text, '_', '\n');
}

/** Words after a value that are the same for one and for many, or do not go with it. */
const UNCOUNTED = new Set([
  'vers',
  'is',
  'has',
  'leads',
  'leaves',
  'removes',
  'cas',
  'dans',
  'des',
  'plus',
]);

/** A message with `_` for each value; of a plural only what stands beside it. */
function withBlanks(text: string): string {
  const isValue = (element: MessageFormatElement) =>
    isArgumentElement(element) || isNumberElement(element);
  return parse(text)
    .map((element) => {
      if (isValue(element)) return '_';
      return isLiteralElement(element) ? element.value : '';
    })
    .join('');
}

function prefixed(prefix: string, texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [prefix + key, text]));
}

describe.each(['fr', 'ja'])('the texts in %s', (language) => {
  const texts = LANGUAGES[language] ?? {};

  test('have the areas of English, and in each its keys in the same order', () => {
    const keys = (of: string) =>
      Object.entries(areasOf(of)).map(([area, said]) => [area, Object.keys(said)]);
    expect(keys(language)).toEqual(keys('en'));
  });

  test.each(Object.entries(en))('%s has the placeholders of English', (key, english) => {
    expect(placeholders(texts[key] ?? '')).toEqual(placeholders(english));
  });

  test('are translated', () => {
    const allowed = SAME_ON_PURPOSE[language] ?? [];
    const same = Object.entries(en)
      .filter(([key, english]) => texts[key] === english && /\p{L}/u.test(words(english)))
      .map(([key]) => key);
    expect(same.filter((key) => !allowed.includes(key))).toEqual([]);
  });
});

describe.each(Object.keys(LANGUAGES))('the texts in %s', (language) => {
  const entries = Object.entries(LANGUAGES[language] ?? {});

  test('are not empty and have no blanks at their ends', () => {
    const bad = entries.filter(([, text]) => text === '' || text !== text.trim());
    expect(bad).toEqual([]);
  });

  test('have the plural forms of the language', () => {
    const expected = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of entries) {
      for (const forms of pluralForms(text)) {
        expect([...forms].sort(), key).toEqual([...expected].sort());
      }
    }
  });

  test('are sorted by key, and a key stands in one area', () => {
    const areas = Object.values(areasOf(language)).map((texts) => Object.keys(texts));
    for (const keys of areas) expect(keys).toEqual([...keys].sort());
    const all = areas.flat();
    expect(all.length).toBe(new Set(all).size);
  });
});

test('French has a narrow no-break space where its typography wants one', () => {
  const bad = Object.entries(fr).filter(([, text]) =>
    /[^\u202f\s\d][!?;»]|[^\u202f\d][:%](?=\s|$)|[ \u00a0][;:!?%»]|«(?!\u202f)/u.test(words(text)),
  );
  expect(bad).toEqual([]);
});

test('French has curly apostrophes, everywhere', () => {
  expect(Object.entries(fr).filter(([, text]) => text.includes("'"))).toEqual([]);
});

test('French speaks of "a million of": 1 000 000 de cas', () => {
  const bad = Object.entries(fr).filter(([, text]) =>
    /many \{(?:des )?(?:<b>)?#(?:<\/b>)? (?!(de|en) |d’|sélectionnés)\p{L}/u.test(text),
  );
  expect(bad).toEqual([]);
});

test('a noun after a number follows it: not "1 cases"', () => {
  const bad = Object.entries({ ...en, ...prefixed('fr:', fr) }).filter(([, text]) =>
    [...withBlanks(text).matchAll(/_ (\p{L}+[sx])\b/gu)].some(
      ([, word]) => !UNCOUNTED.has(word ?? ''),
    ),
  );
  expect(bad).toEqual([]);
});

test('Japanese has full-width punctuation and no space beside Latin letters', () => {
  const bad = Object.entries(ja).filter(([, text]) => {
    const said = words(text);
    return /[\u3040-\u9fff][,.:;!?()]|[,:;!?()][\u3040-\u9fff]|[\u3040-\u9fff] [a-z0-9]/iu.test(
      said,
    );
  });
  expect(bad).toEqual([]);
});

test('Japanese writes numbers and signs in half width', () => {
  expect(Object.entries(ja).filter(([, text]) => /[０-９Ａ-Ｚａ-ｚ％＋＝]/u.test(text))).toEqual(
    [],
  );
});

test('Japanese has no space before or behind a value', () => {
  const bad = Object.entries(ja).filter(([, text]) =>
    /[\u3040-\u30ff\u4e00-\u9fff」）] _|_ [\u3040-\u30ff\u4e00-\u9fff「（]/u.test(flat(text)),
  );
  expect(bad).toEqual([]);
});

test('Japanese speaks politely to the end of every sentence', () => {
  // A sentence ends politely, or in a noun: "ステップなし。".
  const isPlain = (sentence: string) =>
    /[いうくすただつぬぶむる]$/u.test(sentence) &&
    !/(?:です|ます|でした|ました|ください)$/u.test(sentence);
  const bad = Object.entries(ja).filter(([, text]) => {
    const sentences = flat(text).split('。').slice(0, -1);
    return sentences.some(isPlain);
  });
  expect(bad).toEqual([]);
});

test('French has one kind of space that does not break, and raised ordinals', () => {
  const bad = Object.entries(fr).filter(([, text]) =>
    /\u00a0|\d(?:e|ème|er|ère)(?!\p{L})|\bn° ?(?=\d)|etc\.\.|\.\.\./u.test(text),
  );
  expect(bad).toEqual([]);
});

test('British English has its own spelling, and dashes and quotes of type', () => {
  const bad = Object.entries(en).filter(([, text]) =>
    /\b\w+(?:iz(?:e[ds]?|ing|ation))\b|\bcolor|\bcenter|\b(?:cancel|label)(?:ed|ing)\b|"|(?<!\w)'|\.\.\.| - /u.test(
      flat(text).replace(/\bsizes?\b/giu, ''),
    ),
  );
  expect(bad).toEqual([]);
});

/**
 * One notion has one word in all areas: what nobody may write, and what is written instead. The
 * words are those of docs/glossary.md.
 */
const OTHER_WORDS: Record<string, [RegExp, string][]> = {
  en: [
    [/hand-?offs?\b|hand-overs?\b/iu, 'handover'],
    [/\bpercentage points?\b/iu, 'point'],
    [/\bdemo\b/iu, 'sample'],
    [/\bbottle-neck/iu, 'bottleneck'],
    [/\bedges?\b|\bnodes?\b|\btraces?\b/iu, 'path, activity, case'],
    [/`|\bAPI\b|\bJSON\b|command line|\bpaydirt [a-z]|(?<!\w)--[a-z]/u, 'what is on the screen'],
  ],
  fr: [
    [/transmissions?\b|passations?\b/iu, 'transfert'],
    [/chemin le plus fréquent/iu, 'parcours le plus fréquent'],
    [/percentile/iu, 'centile'],
    [/\bcas (?:est |sont )?ouverts?\b|encore ouverts?\b/iu, 'en cours'],
    [/\bl’import\b|\bd’import\b|\bimports\b/iu, 'importation'],
    [/suspendu|suspendre/iu, 'en pause'],
    [/d’une case|sur une case/iu, 'cellule'],
    [/même personne|^personnes$/iu, 'intervenant'],
    [/exclue?s?\b|refusée?s?\b/iu, 'écarté'],
    [/refaite?s?\b/iu, 'répété'],
    [/démonstration/iu, 'exemple'],
    [/goulet/iu, 'goulot d’étranglement'],
    [/\blog\b|\blogs\b/iu, 'journal'],
    [/`|\bAPI\b|\bJSON\b|ligne de commande|\bpaydirt [a-z]|(?<!\w)--[a-z]/u, 'l’écran'],
  ],
  ja: [
    [/％点|百分位/u, 'パーセンタイル'],
    [/作業量|仕事量/u, '業務負荷'],
    [/だけを残す|だけに絞る/u, 'だけに絞り込む'],
    [/クリア|消す(?!る)/u, '解除、外す'],
    [/アクティビティ_?[件種]|アクティビティ（_）件/u, 'アクティビティ…個'],
    [/バリアント_?[件個]/u, 'バリアント…種'],
    [/ケース_?[個つ]/u, 'ケース…件'],
    [/経路_?[件個]/u, '経路…本'],
    [/_個のフィルター|フィルター_個/u, '…件のフィルター'],
    [/_者/u, '…名'],
    [/(?<!その)他[のに]/u, 'ほか'],
    [/すでに/u, '既に'],
    [/わか[らりる]/u, '分か…'],
    [/デモ/u, 'サンプル'],
    [/リードからキャッシュ/u, 'Lead to Cash'],
    [/段階/u, 'ステップ'],
    [/フィルタ(?!ー)|サーバ(?!ー)|ユーザ(?!ー)|パラメータ(?!ー)/u, '長音'],
    [/`|API|JSON|コマンド|paydirt [a-z]|(?<!\w)--[a-z]/u, '画面にあるもの'],
  ],
};

test.each(Object.keys(LANGUAGES))('one notion has one word in %s', (language) => {
  const found = Object.entries(LANGUAGES[language] ?? {}).flatMap(([key, text]) => {
    const said = flat(text);
    const others = (OTHER_WORDS[language] ?? []).filter(([other]) => other.test(said));
    return others.map(([, word]) => `${key}: ${word}: ${said}`);
  });
  expect(found).toEqual([]);
});

test('lengthened texts are two fifths longer and keep their placeholders', () => {
  const parsed = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, parse(text)]));
  for (const [key, message] of Object.entries(lengthened(parsed))) {
    const text = printAST(message ?? []);
    const original = en[key] ?? '';
    expect(placeholders(text), key).toEqual(placeholders(original));
    const growth = words(text).length / Math.max(1, words(original).length);
    if (words(original).length > 0) expect(growth, key).toBeGreaterThan(1.3);
  }
});

test('French speaks of many millions with its own plural form', () => {
  const intl = createIntl({ locale: 'fr', messages: fr });
  const said = (count: number) => intl.formatMessage({ id: 'shell.log.size' }, { count });
  expect(said(1)).toBe('1 événement');
  expect(said(2)).toBe('2 événements');
  expect(said(1_000_000).replace(/\s/gu, ' ')).toBe('1 000 000 d’événements');
});

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Which areas the files of a folder may use: what the router gives to the pages there. */
const AREAS_OF: Record<string, string[]> = {
  '../pages/data/templates/': ['data', 'templates', 'shell'],
  '../pages/data/': ['data', 'recipe', 'shell'],
  '../pages/map/drawer/': ['explore', 'filters', 'map', 'shell'],
  '../pages/map/replay/': ['replay', 'filters', 'map', 'shell'],
  '../pages/map/': ['filters', 'map', 'shell'],
  '../pages/log/': ['filters', 'map', 'cases', 'shell'],
  '../pages/variants/': ['filters', 'map', 'cases', 'shell'],
  '../pages/cases/': ['filters', 'map', 'cases', 'shell'],
  '../pages/case/': ['filters', 'map', 'cases', 'shell'],
  '../pages/compare/': ['compare', 'explore', 'filters', 'map', 'shell'],
  '../filters/': ['filters', 'shell', 'views'],
  '../pages/funnel/': ['explore', 'filters', 'funnel', 'map', 'shell'],
  '../pages/overview/': ['cases', 'explore', 'filters', 'map', 'overview', 'shell'],
  '../pages/settings/': ['settings', 'shell'],
  '../pages/targets/': ['targets', 'shell'],
  '../pages/throughput/': ['explore', 'filters', 'map', 'shell'],
  '../pages/rework/': ['explore', 'filters', 'map', 'shell'],
  '../pages/people/': ['explore', 'filters', 'map', 'shell'],
  '../pages/dotted/': ['explore', 'filters', 'map', 'shell'],
  '../pages/quality/': ['explore', 'quality', 'shell'],
  '../pages/views/': ['filters', 'shell', 'targets', 'views'],
  '../pages/explore/': ['explore', 'filters', 'map', 'shell'],
  '../': ['shell'],
  './': ['shell'],
};

test('a page uses no text of an area that it is not given', () => {
  const areaOf = new Map(
    Object.entries(areasOf('en')).flatMap(([area, texts]) =>
      Object.keys(texts).map((key) => [key, area] as const),
    ),
  );
  const strangers: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const folder = Object.keys(AREAS_OF).find((prefix) => path.startsWith(prefix)) ?? '';
    const given = AREAS_OF[folder] ?? [];
    for (const [, key = ''] of source.matchAll(/['`]([a-zA-Z]+(?:\.[a-zA-Z0-9_]+)+)['`]/g)) {
      const area = areaOf.get(key);
      if (area && !given.includes(area)) strangers.push(`${path}: ${key}`);
    }
    for (const [, start = ''] of source.matchAll(/`([a-zA-Z]+\.[a-zA-Z.]*)\$\{/g)) {
      const areas = [...areaOf].filter(([key]) => key.startsWith(start)).map(([, area]) => area);
      if (areas.some((area) => !given.includes(area))) strangers.push(`${path}: ${start}…`);
    }
  }
  expect(strangers).toEqual([]);
});

test('every text is said somewhere', () => {
  const source = Object.values(sources).join('\n');
  const whole = new Set([...source.matchAll(/['`]([\w.]+)['`]/g)].map(([, key]) => key));
  // A key with a part that is known later, such as `place.${name}`, may be any that fits.
  const made = [...source.matchAll(/`([\w.]*(?:\$\{[^{}]*\}[\w.]*)+)`/g)]
    .map(([, key = '']) => key.split(/\$\{[^{}]*\}/))
    .filter((parts) => parts.some((part) => part.includes('.')))
    .map(
      (parts) =>
        new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`),
    );
  const isSaid = (key: string) => whole.has(key) || made.some((pattern) => pattern.test(key));
  expect(Object.keys(en).filter((key) => !isSaid(key))).toEqual([]);
});

// English made two fifths longer with accents, to see text that is cut off or written in the code.
import type { MessageFormatElement } from 'react-intl';

const ACCENTED: Record<string, string> = {
  a: 'à',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'û',
  y: 'ý',
};
const GROWTH = 0.4;
/** The kind of element that is plain text; numbers of kinds are those of the parser. */
const LITERAL = 0;

type Message = MessageFormatElement[];

export function lengthened<T extends Partial<Record<string, Message>>>(texts: T): T {
  const entries = Object.entries(texts).map(([key, message]) => [
    key,
    [literal('['), ...longer(message ?? []), literal(']')],
  ]);
  return Object.fromEntries(entries) as T;
}

/** Placeholders stay as they are; each text between them, and in each branch, grows. */
function longer(message: Message): Message {
  let plain = 0;
  const elements = message.map((element): MessageFormatElement => {
    if (element.type === LITERAL && 'value' in element) {
      plain += element.value.length;
      return literal([...element.value].map((letter) => ACCENTED[letter] ?? letter).join(''));
    }
    if ('children' in element) return { ...element, children: longer(element.children) };
    if ('options' in element) {
      const options = Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: longer(option.value) },
      ]);
      return { ...element, options: Object.fromEntries(options) };
    }
    return element;
  });
  return [...elements, literal('·'.repeat(Math.ceil(plain * GROWTH)))];
}

function literal(value: string): MessageFormatElement {
  return { type: LITERAL, value } as MessageFormatElement;
}

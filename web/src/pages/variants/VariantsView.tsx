// The variants of one version: the curve of what they cover, the list, and the ways on from some.
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useDeferredValue, useMemo, useRef } from 'react';
import { schemaQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { VARIANTS_MAX } from '../../api/variants';
import { download, fileName } from '../../files/download';
import { addressWords } from '../../filters/addressWords';
import { useFormats } from '../../format';
import type { StepLooks } from '../../pictures/variants/ChevronStrip';
import { Late } from '../../shell/Late';
import { useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import { groupAttributes } from '../explore/attributes';
import { PlaceFilters } from '../explore/PlaceFilters';
import type { LogViewProps } from '../explore/view';
import { type Looked, LookedAt, useLooked } from '../log/looked';
import { NamedCases } from '../log/NamedCases';
import { NoMatch } from '../log/NoMatch';
import { PictureButton } from '../log/PictureButton';
import { PlaceFailure } from '../log/PlaceFailure';
import { Printed } from '../log/Printed';
import progress from '../log/Progress.module.css';
import { SearchBox } from '../log/SearchBox';
import { ToolButton } from '../log/ToolButton';
import { useStepLooks } from '../log/useStepLooks';
import { useTypedText } from '../log/useTypedText';
import view from '../log/View.module.css';
import { WaitingRows } from '../log/WaitingRows';
import { orderOf } from './asked';
import { Curve } from './Curve';
import { countOf, entriesOf } from './list';
import type { VariantsSearch } from './search';
import { chosenOf, chosenVariants, firstOf, toggled } from './selection';
import { useVariants, type Variants } from './useVariants';
import { VariantList } from './VariantList';
import styles from './VariantList.module.css';
import { shownValue } from './valueName';

type VariantsViewProps = LogViewProps<VariantsSearch>;

const loadSelection = () => import('./SelectionBar');
const loadLegend = () => import('./ByLegend');
const loadChoice = () => import('./ByChoice');

const NO_FILTERS: unknown[] = [];

export function VariantsView({ log, version, note, search, onSearch }: VariantsViewProps) {
  const text = useText();
  const filters = search.filters ?? NO_FILTERS;
  const schema = useQuery(schemaQuery(log.id, version.number));
  const attributes = useMemo(
    () => (schema.data ? groupAttributes(schema.data) : []),
    [schema.data],
  );
  const isLost = search.by !== undefined && schema.data && !attributes.includes(search.by);
  const by = isLost || schema.isPending ? undefined : search.by;
  const variants = useVariants(
    useMemo(() => orderOf({ version, filters, by }), [version, filters, by]),
  );
  const { scope } = variants;
  // Asked together with the variants: without them the steps have no colours.
  const looks = useStepLooks(version.id);
  const looked = useMemo(
    (): Looked => ({ log, version, scope, filters }),
    [log, version, scope, filters],
  );
  const onFilters = (next: unknown[]) =>
    onSearch({ filters: next.length > 0 ? next : undefined, ranks: undefined });
  return (
    <div className={view.view}>
      {note}
      <PlaceFilters log={log} version={version} />
      {isLost && (
        <p className={view.hint} role="status">
          {text('filters.ignored.words', { words: addressWords(['by'], text).join() })}
        </p>
      )}
      <LookedAt value={looked}>
        <Content
          {...{
            log,
            version,
            search,
            onSearch,
            filters,
            variants,
            looks,
            onFilters,
            attributes,
            by,
          }}
        />
      </LookedAt>
    </div>
  );
}

interface ContentProps extends Omit<VariantsViewProps, 'note'> {
  filters: unknown[];
  variants: Variants;
  looks: StepLooks;
  onFilters: (filters: unknown[]) => void;
  /** The attributes among whose values cases can divide, and the one that is chosen. */
  attributes: string[];
  by: string | undefined;
}

/** One of: failed, on its way, no case left, the list. */
function Content({ variants, ...props }: ContentProps) {
  const text = useText();
  const { scope, error, rows, isOld } = variants;
  if (error && (rows.length === 0 || isOld)) {
    return (
      <PlaceFailure
        failure={failureOf(error)}
        log={props.log.id}
        version={props.version.id}
        filters={props.filters}
        onRetry={variants.retry}
      />
    );
  }
  if (!scope) {
    return (
      <Late>
        <WaitingRows words={text('variants.loading', { events: props.version.events })} />
      </Late>
    );
  }
  if (variants.total === 0) {
    return <NoMatch log={props.log.id} version={props.version.id} />;
  }
  return <Listed {...props} variants={variants} />;
}

type ListedProps = ContentProps;

function Listed(props: ListedProps) {
  const { log, version, search, onSearch, filters, variants, looks, attributes, by } = props;
  const text = useText();
  const body = useRef<HTMLDivElement>(null);
  const looked = useLooked();
  const { rows, total, isOld } = variants;
  const [typed, type] = useTypedText(search.q ?? '', (q) =>
    onSearch({ q: q || undefined }, { replace: true }),
  );
  const wanted = useDeferredValue(search.q ?? '');
  const { sort = 'cases', asc = false, fold = false } = search;
  const entries = useMemo(
    () => entriesOf(rows, { search: wanted, sort, isAscending: asc, isFolded: fold }),
    [rows, wanted, sort, asc, fold],
  );
  // The rows that are still to come have their room, so that nothing moves when they do.
  const isInOrder = wanted.trim() === '' && sort === 'cases' && !asc && !fold;
  const count = isInOrder && variants.isGrowing ? Math.min(total, VARIANTS_MAX) : 0;
  const chosen = useMemo(() => chosenOf(search, total), [search, total]);
  const some = useMemo(() => chosenVariants(chosen, rows, total), [chosen, rows, total]);
  const choice = useLoaded(loadChoice);
  const legend = useLoaded(variants.by ? loadLegend : null);
  const selection = useLoaded(some ? loadSelection : null);
  const names = {
    rank: text('variants.rank'),
    path: text('variants.path'),
    steps: text('variants.steps'),
    cases: text('variants.cases'),
    share: text('variants.share'),
    cumulative: text('variants.cumulative'),
    median: text('variants.median.seconds'),
  };
  const save = async () => {
    const { variantsCsv } = await import('./csv');
    const values = variants.by?.values.map((one) => shownValue(one.value, text));
    const name = fileName(`${log.name} – ${text('variants.title')}`, version.number, 'csv');
    download(variantsCsv(entries, names, values), name, 'text/csv');
  };
  return (
    <>
      <header className={view.head}>
        <div className={view.titles}>
          <h1 className={view.title}>{text('variants.title')}</h1>
          <Size
            log={log.id}
            found={wanted.trim() === '' ? undefined : countOf(entries)}
            {...{ search, filters, variants }}
          />
        </div>
        <div className={view.tools}>
          <SearchBox name={text('variants.search')} value={typed} onChange={type} />
          {choice ? (
            <choice.ByChoice
              attributes={attributes}
              by={by}
              onBy={(next) => onSearch({ by: next })}
            />
          ) : (
            <span className={styles.by} />
          )}
          <Switch
            size="sm"
            label={text('variants.fold')}
            checked={fold}
            onChange={(event) => onSearch({ fold: event.currentTarget.checked || undefined })}
          />
          <ToolButton icon={Download} name={text('map.table.csv')} onClick={() => void save()} />
          <PictureButton part={body} title={text('variants.title')} />
        </div>
      </header>
      {looked && <Printed {...looked} />}
      <div
        className={`${progress.line} ${view.progress}`}
        data-busy={isOld || variants.isGrowing}
        role="status"
      >
        {isOld && <span className="only-read-aloud">{text('cases.refreshing')}</span>}
      </div>
      <div ref={body} className={view.body} data-busy={isOld}>
        <Curve
          variants={variants}
          chosen={chosen}
          onRange={(ranks) =>
            onSearch({ ranks: ranks ?? undefined, ids: undefined }, { replace: true })
          }
        />
        {variants.by && !legend && <span className={styles.legend} />}
        {variants.by && legend && (
          <legend.ByLegend
            values={variants.by}
            cases={variants.cases}
            filters={filters}
            onFilters={props.onFilters}
          />
        )}
        <VariantList
          {...{ log, version, search, filters, looks, entries, count, wanted, chosen, variants }}
          onSort={(next) => onSearch(next)}
          onToggle={(rowsOf) => {
            const next = toggled(chosen, rows, rowsOf);
            if (next) onSearch(next, { replace: true });
          }}
        />
        {some && selection && (
          <selection.SelectionBar
            {...{ log, search, filters, some }}
            all={total}
            cases={variants.cases}
            onFirst={() => onSearch({ ranks: firstOf(chosen) }, { replace: true })}
            onFilters={(next) => {
              onSearch({ filters: next, ranks: undefined, ids: undefined });
            }}
            onClear={() => onSearch({ ranks: undefined, ids: undefined }, { replace: true })}
          />
        )}
      </div>
    </>
  );
}

interface SizeProps {
  log: number;
  search: VariantsSearch;
  filters: unknown[];
  variants: Variants;
  /** How many a search has found. */
  found: number | undefined;
}

/** How many variants there are, and how many cases that leads to. */
function Size({ log, search, filters, variants, found }: SizeProps) {
  const text = useText();
  const format = useFormats();
  const { total, cases, rows, isGrowing } = variants;
  const isCut = rows.length < total && !isGrowing;
  return (
    <p className={view.subtitle}>
      {found === undefined
        ? text('variants.count', { count: total })
        : text('variants.found', { count: found, total })}{' '}
      ·{' '}
      <NamedCases log={log} version={search.version} filters={filters} isInText>
        {text('variants.casesCount', { count: cases })}
      </NamedCases>
      {isGrowing && ` · ${text('variants.growing', { count: rows.length })}`}
      {isCut &&
        ` · ${text('variants.cut', {
          count: rows.length,
          share: format.percent(rows.at(-1)?.cumulative ?? 0),
        })}`}
    </p>
  );
}

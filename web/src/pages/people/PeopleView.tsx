// Who hands work over to whom, how often, and how long it waits in between.
import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type HandoversOfVersion, handoversQuery } from '../../api/handovers';
import { schemaQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { type CasesOfPage, PageCases } from '../explore/CasesLink';
import { LogFrame } from '../explore/LogFrame';
import parts from '../explore/Parts.module.css';
import type { LogViewProps } from '../explore/view';
import { HandoverCard } from './HandoverCard';
import { MatrixTable } from './MatrixTable';
import { isSamePerson, matrixOf } from './matrix';
import { PairTable } from './PairTable';
import styles from './People.module.css';
import { PersonList } from './PersonList';
import { chosenAttribute, METRICS, type PeopleSearch, personAttributes, TOP, TOPS } from './search';

type PeopleViewProps = LogViewProps<PeopleSearch>;

export function PeopleView(props: PeopleViewProps) {
  const { log, version, search } = props;
  const text = useText();
  const schema = useQuery(schemaQuery(log.id, version.number));
  if (!schema.data) {
    return schema.error ? (
      <FailureView failure={failureOf(schema.error)} onRetry={() => void schema.refetch()} />
    ) : null;
  }
  const { attribute, isUnknown } = chosenAttribute(search, schema.data);
  if (attribute === null) return <Nobody {...props} schema={schema.data} />;
  return (
    <Handovers
      {...props}
      schema={schema.data}
      attribute={attribute}
      isUnknown={isUnknown}
      title={text('people.title')}
    />
  );
}

interface HandoversProps extends PeopleViewProps {
  schema: Schema;
  attribute: string;
  /** Whether the address names an attribute that the log does not have. */
  isUnknown: boolean;
  title: string;
}

function Handovers(props: HandoversProps) {
  const { log, version, note, search, onSearch, schema, attribute, isUnknown, title } = props;
  const text = useText();
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const query = useQuery({
    ...handoversQuery({ version: version.id, filters, attribute }),
    placeholderData: keepPreviousData,
  });
  const cases = useMemo(
    (): CasesOfPage => ({ log: log.id, version: search.version, filters }),
    [log.id, search.version, filters],
  );
  const top = search.top ?? TOP;
  const metric = search.metric ?? 'handovers';
  const answer = query.data?.handovers;
  const matrix = useMemo(() => answer && matrixOf(answer, top, metric), [answer, top, metric]);
  const { from, to } = search;
  const chosen =
    from !== undefined && to !== undefined
      ? answer?.pairs.find((pair) => isSamePerson(pair, from, to))
      : undefined;
  const isLost = from !== undefined && answer !== undefined && !chosen;
  return (
    <PageCases value={cases}>
      <LogFrame
        {...{ log, version }}
        title={title}
        summary={(shown) => <Summary answer={shown} />}
        note={note}
        ignored={[...(isUnknown ? ['attribute'] : []), ...(isLost ? ['from', 'to'] : [])]}
        query={query}
        filters={filters}
        onFilters={(next) => onSearch({ filters: next.length > 0 ? next : undefined })}
        controls={<Controls {...{ search, schema, attribute, onSearch }} />}
      >
        {({ handovers }) =>
          matrix && (
            <div className={parts.columns}>
              <Card
                title={text('people.matrix')}
                coverage={<Coverage answer={handovers} shown={matrix.people.length} />}
                isTable={search.table ?? false}
                onTable={(on) => onSearch({ table: on || undefined }, { replace: true })}
              >
                {search.table ? (
                  <PairTable answer={handovers} chosen={chosen} onChoose={onSearch} />
                ) : (
                  <MatrixTable {...{ matrix, metric, chosen }} onChoose={onSearch} />
                )}
              </Card>
              <div className={parts.side}>
                {chosen && (
                  <HandoverCard
                    pair={chosen}
                    onClose={() => onSearch({ from: undefined, to: undefined })}
                  />
                )}
                <PersonList answer={handovers} />
              </div>
            </div>
          )
        }
      </LogFrame>
    </PageCases>
  );
}

/** The log does not say who: an attribute may. */
function Nobody({ search, schema, onSearch }: PeopleViewProps & { schema: Schema }) {
  const text = useText();
  const attributes = personAttributes(schema);
  return (
    <section className={styles.nobody} role="status">
      <h1>{text('people.nobody')}</h1>
      <p>{text(attributes.length > 0 ? 'people.nobody.choose' : 'people.nobody.none')}</p>
      {attributes.length > 0 && (
        <Select
          aria-label={text('people.attribute')}
          placeholder={text('people.attribute')}
          data={attributes}
          value={search.attribute ?? null}
          onChange={(next) => onSearch({ attribute: next ?? undefined })}
        />
      )}
    </section>
  );
}

function Summary({ answer }: { answer: HandoversOfVersion }) {
  const rich = useRichText();
  const text = useText();
  const format = useFormats();
  const { handovers, same_handovers, resource_total, missing_events } = answer.handovers;
  if (handovers === 0) return text('people.summary.none');
  return rich('people.summary', {
    // Those who are not known count as one.
    people: resource_total - (missing_events > 0 ? 1 : 0),
    same: format.percent(same_handovers / handovers),
    steps: handovers,
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}

function Coverage({ answer, shown }: { answer: HandoversOfVersion['handovers']; shown: number }) {
  const text = useText();
  const format = useFormats();
  const { events, missing_events, resource_total } = answer;
  return (
    <>
      {text('people.coverage', { shown, total: resource_total })}{' '}
      {missing_events > 0 &&
        text('people.coverage.missing', {
          missing: missing_events,
          events,
          share: format.percent(events === 0 ? 0 : missing_events / events),
        })}
    </>
  );
}

interface ControlsProps {
  search: PeopleSearch;
  schema: Schema;
  attribute: string;
  onSearch: PeopleViewProps['onSearch'];
}

function Controls({ search, schema, attribute, onSearch }: ControlsProps) {
  const text = useText();
  const known = personAttributes(schema);
  const attributes = known.includes(attribute) ? known : [attribute, ...known];
  const forget = { from: undefined, to: undefined };
  return (
    <>
      <Select
        className={styles.choice ?? ''}
        label={text('people.attribute')}
        data={attributes}
        value={attribute}
        allowDeselect={false}
        onChange={(next) =>
          onSearch({
            ...forget,
            attribute: next === schema.resource ? undefined : (next ?? undefined),
          })
        }
        size="xs"
      />
      <Select
        className={styles.short ?? ''}
        label={text('people.top')}
        data={TOPS.map((value) => ({
          value: String(value),
          label: text('people.top.of', { count: value }),
        }))}
        value={String(search.top ?? TOP)}
        allowDeselect={false}
        onChange={(next) => {
          const top = TOPS.find((one) => String(one) === next);
          onSearch({ top: top === TOP ? undefined : top });
        }}
        size="xs"
      />
      <div>
        <span className={styles.label} id="people-metric">
          {text('people.metric')}
        </span>
        <SegmentedControl
          aria-labelledby="people-metric"
          size="xs"
          data={METRICS.map((value) => ({ value, label: text(`people.metric.${value}`) }))}
          value={search.metric ?? 'handovers'}
          onChange={(next) => {
            const metric = METRICS.find((one) => one === next);
            onSearch({ metric: metric === 'handovers' ? undefined : metric });
          }}
        />
      </div>
    </>
  );
}

// The events of a case in their order, with their waits, people and attributes.
import { Anchor, Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CaseEvent, CaseOfVersion } from '../../api/cases';
import { schemaQuery } from '../../api/logs';
import { type Formats, useFormats } from '../../format';
import { categoryOf } from '../../pictures/variants/colours';
import { isToDay, toldTime } from '../../precision';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { written } from '../cases/values';
import { linkSearch } from '../explore/search';
import { Lasting } from '../log/Lasting';
import { typeOf } from './attributeType';
import type { CaseViewProps } from './CaseView';
import styles from './CaseView.module.css';

export type CaseContentOf = CaseViewProps & CaseOfVersion;

const SHOWN_AT_FIRST = 200;
const SHOWN_MORE = 500;

interface CaseEventsProps extends CaseContentOf {
  /** The event that was picked on the timeline. */
  marked: number | null;
}

export function CaseEvents(props: CaseEventsProps) {
  const { answer, timeZone, marked } = props;
  const text = useText();
  const format = useFormats(timeZone);
  const [isWithNotes, setIsWithNotes] = useState(true);
  const [count, setCount] = useState(SHOWN_AT_FIRST);
  const noteCount = useMemo(
    () => answer.events.filter((event) => event.auxiliary).length,
    [answer],
  );
  const events = answer.events
    .map((event, idx) => ({ event, idx }))
    .filter(({ event }) => isWithNotes || !event.auxiliary);
  const isMarkedHidden = marked !== null && marked >= count;
  const shown = isMarkedHidden ? marked + 1 : count;
  const more = events.length - shown;
  return (
    <>
      {noteCount > 0 && (
        <Switch
          size="xs"
          mb="xs"
          label={text('case.events.auxiliary', { count: noteCount })}
          checked={isWithNotes}
          onChange={(event) => setIsWithNotes(event.currentTarget.checked)}
        />
      )}
      <table className={`${table.table} ${styles.events}`}>
        <thead>
          <tr>
            <th scope="col">{text('case.time')}</th>
            <th scope="col">{text('case.activity')}</th>
            <th scope="col" className={table.number}>
              {text('case.wait')}
            </th>
            <th scope="col">{text('case.details')}</th>
          </tr>
        </thead>
        <tbody>
          {events.slice(0, shown).map(({ event, idx }) => (
            <EventRow
              key={idx}
              {...props}
              event={event}
              idx={idx}
              format={format}
              isMarked={idx === marked}
            />
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <Button size="xs" variant="subtle" mt="xs" onClick={() => setCount(shown + SHOWN_MORE)}>
          {text('case.events.more', { count: more })}
        </Button>
      )}
      {answer.events.length < answer.event_count && (
        <p className={styles.hint}>
          {text('case.events.cut', { count: answer.events.length, total: answer.event_count })}
        </p>
      )}
    </>
  );
}

interface EventRowProps extends CaseContentOf {
  event: CaseEvent;
  idx: number;
  format: Formats;
  isMarked: boolean;
}

function EventRow(props: EventRowProps) {
  const { event, format, isMarked, answer, log, linkVersion, looks } = props;
  const text = useText();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: 'center' });
  }, [isMarked]);
  const filters = [{ kind: 'case_ids', ids: [answer.case] }];
  return (
    <tr ref={row} data-auxiliary={event.auxiliary || undefined} data-marked={isMarked || undefined}>
      <td className={table.nowrap}>
        {event.end && toldTime(event.end, event.precision, format)}
        {event.start && (
          <span className={styles.small}>
            {text('case.started', { at: toldTime(event.start, event.precision, format) })}
          </span>
        )}
      </td>
      <th scope="row">
        <span className={styles.activity}>
          <i
            className={styles.dot}
            style={{
              background: `var(--category-${categoryOf(looks.categories, event.activity)})`,
            }}
            aria-hidden
          />
          {event.auxiliary ? (
            event.activity
          ) : (
            <Anchor
              inherit
              title={text('case.map')}
              renderRoot={(rest) => (
                <Link
                  to="/map/$log"
                  params={{ log: String(log.id) }}
                  search={{ ...linkSearch(linkVersion, filters), activity: event.activity }}
                  preload={false}
                  {...rest}
                />
              )}
            >
              {event.activity}
            </Anchor>
          )}
        </span>
      </th>
      <td className={table.number}>
        {event.wait_s !== null && event.wait_s !== undefined && (
          <Lasting
            seconds={event.wait_s}
            isToDay={isToDay(event.precision, answer.events[props.idx - 1]?.precision)}
            format={format}
          />
        )}
      </td>
      <td>
        <Details {...props} />
      </td>
    </tr>
  );
}

function Details({ event, format, log, version }: EventRowProps) {
  const text = useText();
  const { data: schema } = useQuery(schemaQuery(log.id, version.number));
  const person = written(event.resource, 'text', { format, text });
  const values = Object.entries(event.attributes).filter(([name]) => name !== schema?.resource);
  return (
    <dl className={styles.details}>
      {person !== '' && (
        <div>
          <dt>{text('case.person')}</dt>
          <dd>{person}</dd>
        </div>
      )}
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{written(value, typeOf(schema, name, 'event'), { format, text })}</dd>
        </div>
      ))}
    </dl>
  );
}

// One pair: how often work goes from one to the other, and how long it waits.
import { Button, CloseButton } from '@mantine/core';
import type { Handover } from '../../api/handovers';
import { useFormats } from '../../format';
import { type Say, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { Facts } from '../explore/Facts';
import { type Filter, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';

interface HandoverCardProps {
  pair: Handover;
  /** Keeps the cases in which work goes this way. */
  filter: Filter;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
  onClose: () => void;
}

function isKnown(person: string | null | undefined): boolean {
  return typeof person === 'string';
}

/** Whether the work changes hands, as far as it is known. */
function saysOf({ from, to, same }: Handover, text: Say): string {
  if (isKnown(from) && isKnown(to)) return text(same ? 'people.pair.same' : 'people.pair.other');
  return text('people.pair.unknown', { both: isKnown(from) || isKnown(to) ? 'no' : 'yes' });
}

export function HandoverCard({ pair, filter, filters, onFilters, onClose }: HandoverCardProps) {
  const text = useText();
  const format = useFormats();
  const nameOf = (person: string | null | undefined) => person ?? text('people.unknown');
  const figures: [string, string][] = [
    [
      text(isKnown(pair.from) && isKnown(pair.to) ? 'people.metric.handovers' : 'people.steps'),
      format.number(pair.handovers, 0),
    ],
    [text('people.metric.cases'), format.number(pair.cases, 0)],
  ];
  if (pair.wait_s) {
    figures.push(
      [text('people.metric.wait'), format.duration(pair.wait_s.median)],
      [text('people.wait.mean'), format.duration(pair.wait_s.mean)],
      [text('people.wait.p90'), format.duration(pair.wait_s.p90)],
      [text('people.wait.max'), format.duration(pair.wait_s.max)],
    );
  }
  if (pair.overlaps > 0) {
    figures.push([text('people.overlaps'), format.number(pair.overlaps, 0)]);
  }
  return (
    <Card
      title={text('people.pair', { from: nameOf(pair.from), to: nameOf(pair.to) })}
      coverage={saysOf(pair, text)}
      actions={<CloseButton aria-label={text('people.close')} onClick={onClose} />}
    >
      <Facts lines={figures} className={parts.figures} />
      <div className={`${parts.buttons} not-printed`}>
        <Button size="xs" onClick={() => onFilters(withFilter(filters, filter))}>
          {text('explore.keep')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => onFilters(withFilter(filters, { not: filter }))}
        >
          {text('people.pair.drop')}
        </Button>
        <CasesLink and={[filter]}>{text('explore.show')}</CasesLink>
      </div>
    </Card>
  );
}

// How long cases take in each group; small groups are shown, and not ranked.
import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import type { DurationGroup, ThroughputOfVersion } from '../../api/throughput';
import { useFormats } from '../../format';
import { SpreadStrip } from '../../pictures/chart/SpreadStrip';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { hasValue, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { type Column, SortedTable } from '../explore/SortedTable';
import { shownValue } from '../explore/value';
import { isFew, ranked } from './groups';
import styles from './Throughput.module.css';

interface GroupsCardProps {
  answer: ThroughputOfVersion;
  by: string;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
}

export function GroupsCard({ answer, by, filters, onFilters }: GroupsCardProps) {
  const text = useText();
  const write = useFormats().durationShort;
  const { groups, other_groups } = answer.throughput;
  const rows = useMemo(() => ranked(groups), [groups]);
  const max = Math.max(0, ...groups.map((group) => group.duration_s?.p90 ?? 0));
  const nameOf = (group: DurationGroup) => shownValue(group.value, text);
  const columns: Column<DurationGroup>[] = [
    {
      key: 'value',
      name: by,
      kind: 'name',
      value: nameOf,
      show: (group) => (
        <span className={styles.group}>
          <button
            type="button"
            className={parts.link}
            title={text('explore.keepThese', { name: nameOf(group) })}
            onClick={() => onFilters(withFilter(filters, hasValue(by, group.value, 'case')))}
          >
            {nameOf(group)}
          </button>
          {isFew(group) && (
            <Badge variant="default" size="sm">
              {text('explore.few')}
            </Badge>
          )}
        </span>
      ),
    },
    {
      key: 'cases',
      name: text('throughput.cases'),
      kind: 'count',
      value: (group) => group.cases,
      show: (group, written) => (
        <CasesLink
          and={[hasValue(by, group.value, 'case')]}
          label={text('explore.casesOf', { count: group.cases, name: nameOf(group) })}
        >
          {written}
        </CasesLink>
      ),
    },
    {
      key: 'completed',
      name: text('throughput.completed'),
      kind: 'count',
      value: (group) => group.completed,
      isWideOnly: true,
    },
    duration('median', text('throughput.median'), write),
    {
      key: 'spread',
      name: text('throughput.spread'),
      kind: 'picture',
      value: (group) => group.duration_s?.p75 ?? null,
      show: (group) =>
        group.duration_s ? (
          <SpreadStrip
            figures={group.duration_s}
            max={max}
            label={text('throughput.spread.of', {
              p25: write(group.duration_s.p25),
              p75: write(group.duration_s.p75),
              p90: write(group.duration_s.p90),
            })}
          />
        ) : (
          '–'
        ),
      isWideOnly: true,
    },
    duration('p90', text('throughput.p90'), write),
  ];
  return (
    <Card
      title={text('throughput.groups', { by })}
      coverage={
        other_groups
          ? text('throughput.groups.other', {
              shown: groups.length,
              groups: other_groups.groups,
              cases: other_groups.cases,
            })
          : text('throughput.groups.all', { shown: groups.length })
      }
    >
      <SortedTable
        label={text('throughput.groups', { by })}
        file={text('throughput.groups', { by })}
        columns={columns}
        rows={rows}
        rowKey={(group) => JSON.stringify(group.value ?? null)}
      />
      <p className={parts.hint}>{text('throughput.groups.legend')}</p>
    </Card>
  );
}

function duration(
  key: 'median' | 'p90',
  name: string,
  write: (seconds: number) => string,
): Column<DurationGroup> {
  return {
    key,
    name,
    kind: 'number',
    value: (group) => group.duration_s?.[key] ?? null,
    show: (group) => (group.duration_s ? write(group.duration_s[key]) : '–'),
  };
}

// The stages of the funnel, and how they are changed.
import { Button } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import type { AskedStage } from '../../api/funnel';
import { StageList } from '../../filters/editors/StageList';
import { stageName } from '../../filters/editors/stages';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import styles from './Funnel.module.css';
import type { FunnelViewProps } from './FunnelView';

interface StagesCardProps {
  stages: AskedStage[];
  activities: string[];
  order: 'strict' | 'any';
  /** Whether they were chosen; else they are those the page starts with. */
  isOwn: boolean;
  onSearch: FunnelViewProps['onSearch'];
}

export function StagesCard({ stages, activities, order, isOwn, onSearch }: StagesCardProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const Sign = isOpen ? ChevronUp : ChevronDown;
  const onStages = (next: AskedStage[] | undefined) => onSearch({ stages: next, stage: undefined });
  return (
    <Card
      title={text('funnel.stages', { count: stages.length })}
      coverage={text(`funnel.stages.${order}`)}
      isPlain
      actions={
        <>
          {isOwn && (
            <Button size="xs" variant="subtle" onClick={() => onStages(undefined)}>
              {text('funnel.stages.reset')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            rightSection={<Sign size={14} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
          >
            {text('funnel.stages.change')}
          </Button>
        </>
      }
    >
      {isOpen ? (
        <StageList stages={stages} activities={activities} onChange={onStages} />
      ) : (
        <p className={styles.road}>
          {isOwn ? '' : `${text('funnel.stages.starting')} `}
          {stages.map(stageName).join(' → ')}
        </p>
      )}
    </Card>
  );
}

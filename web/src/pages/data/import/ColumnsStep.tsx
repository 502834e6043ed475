// Step 2: which column is what, how dates are read, and how the text was decoded.
import { Button, Group } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import type { CheckResult, ImportSettings, RecipeOrder } from '../../../api/types';
import { FailureView } from '../../../shell/FailureView';
import { useLoaded } from '../../../shell/useLoaded';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { Automatic } from '../report/Automatic';
import { type Check, CheckGate } from './CheckGate';
import { ColumnList } from './ColumnList';
import { DateColumns } from './DateColumns';
import { DateQuestion } from './DateQuestion';
import { FirstRows } from './FirstRows';
import { ReadingSettings } from './ReadingSettings';
import { RequiredRoles } from './RequiredRoles';
import { RowQuestion } from './RowQuestion';
import { columnOf, REQUIRED_ROLES, rolesOf, rowOf } from './roles';
import { withRule } from './rules';
import { useKnownDates } from './useKnownDates';

const loadTools = () => import('./recipe/RecipeTools');
const loadZone = () => import('./recipe/ZoneQuestion');
const loadActivities = () => import('./recipe/Activities');

const UNPROCESSABLE = 422;
const DATE_QUESTION = 'ambiguous_date';

interface ColumnsStepProps {
  check: Check;
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
  file: string;
  onFresh: () => void;
  onRecipe: (order: RecipeOrder) => void;
  onOtherFile: () => void;
  onNext: () => void;
}

export function ColumnsStep({ check, ...rest }: ColumnsStepProps) {
  return (
    <CheckGate check={check} onOtherFile={rest.onOtherFile}>
      {(result) => <Columns {...rest} result={result} />}
    </CheckGate>
  );
}

interface ColumnsProps extends Omit<ColumnsStepProps, 'check'> {
  result: CheckResult;
}

function Columns({ result, settings, onSettings, onOtherFile, onNext, ...rest }: ColumnsProps) {
  const text = useText();
  const { columns, problem } = result;
  const tools = useLoaded(loadTools);
  const labels = useLoaded(loadActivities);
  const zone = useLoaded(result.zone_open?.length ? loadZone : null);
  const row = rowOf(settings, columns);
  const known = useKnownDates(settings, columns);
  // A log that the file is to join was read by rules of its own.
  const rules = settings.rules ?? result.settings.rules;
  const required = REQUIRED_ROLES.filter((role) => rolesOf(row).includes(role));
  const missing = required.filter((role) => !columnOf(role, settings, columns));
  const isAsking = problem?.code === DATE_QUESTION;
  // What can be chosen below is not the end of this file.
  const isLost = columns.length === 0 && !result.choices?.length;
  return (
    <>
      {tools && <tools.RecipeTools result={result} {...rest} />}
      <RowQuestion result={result} settings={settings} onSettings={onSettings} />
      {columns.length > 0 && (
        <RequiredRoles
          columns={columns}
          settings={settings}
          advice={missing.length > 0 ? problem?.hint : undefined}
          onSettings={onSettings}
        />
      )}
      {row === 'case' && columns.length > 0 && (
        <DateColumns
          columns={columns}
          rows={result.rows_read}
          settings={settings}
          known={known}
          onSettings={onSettings}
        />
      )}
      {(isAsking || settings.date_format) && (
        <DateQuestion
          result={result}
          settings={settings}
          isAsking={isAsking}
          onSettings={onSettings}
        />
      )}
      {zone && <zone.ZoneQuestion result={result} settings={settings} onSettings={onSettings} />}
      {problem && !isAsking && (missing.length === 0 || columns.length === 0) && (
        <FailureView
          failure={{ kind: 'problem', problem, status: UNPROCESSABLE }}
          main={isLost ? { name: text('import.otherFile'), act: onOtherFile } : undefined}
        />
      )}
      <ReadingSettings result={result} settings={settings} onSettings={onSettings} />
      <Automatic
        automatic={result.automatic}
        off={rules?.off}
        onRule={(rule, isFollowed) =>
          onSettings(withRule({ ...settings, rules }, rule, isFollowed))
        }
      />
      {labels && row === 'event' && columns.length > 0 && (
        <labels.Activities result={result} settings={settings} onSettings={onSettings} />
      )}
      {columns.length > 0 && (
        <ColumnList columns={columns} settings={settings} known={known} onSettings={onSettings} />
      )}
      {result.head.rows.length > 0 && <FirstRows head={result.head} />}
      <Group justify="flex-end" align="center">
        {!result.possible && <p className={panel.note}>{text('import.columns.open')}</p>}
        <Button
          disabled={!result.possible}
          rightSection={<ArrowRight size={16} aria-hidden />}
          onClick={(event) => event.detail < 2 && onNext()}
        >
          {text('import.next.check')}
        </Button>
      </Group>
    </>
  );
}

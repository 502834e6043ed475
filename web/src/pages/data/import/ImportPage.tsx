// From a file to a log, in four steps that can be gone back to.
import { Anchor, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { importOf, jobsQuery, madeVersion } from '../../../api/jobs';
import { logsQuery } from '../../../api/logs';
import type { Log, RecipeOrder } from '../../../api/types';
import { forgetUpload, startUpload, useUpload } from '../../../api/uploads';
import { takeDropped } from '../../../files/dropped';
import { useWindowDrop } from '../../../forms/useWindowDrop';
import { Page } from '../../../shell/Page';
import { useScrollToTop } from '../../../shell/useScrollToTop';
import { useText } from '../../../text/useText';
import { CheckStep } from './CheckStep';
import { ColumnsStep } from './ColumnsStep';
import { FileStep } from './FileStep';
import { Gone, isGone } from './Gone';
import { ImportJob } from './ImportJob';
import { ImportStep } from './ImportStep';
import { type ImportSearch, STEPS, settingsAsked } from './search';
import { useCheck } from './useCheck';

const route = getRouteApi('/data/import');

export function ImportPage() {
  const text = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sending = useUpload();
  const { data: logs = [] } = useQuery(logsQuery);
  const { upload, file = '', step = 'file' } = search;
  const into = search.mode === 'new' ? undefined : search.into;
  const { data: jobs = [], isPending: isAskingJobs } = useQuery(jobsQuery);
  // An upload becomes a version once, and is gone then: its steps tell what came of it.
  const imported = search.job === undefined ? importOf(upload, jobs) : undefined;
  const result = imported ?? jobs.find(({ id }) => id === search.job);
  const isChecked = step !== 'file' && search.job === undefined && !imported && !isAskingJobs;
  const check = useCheck({
    upload: isChecked ? upload : undefined,
    settings: settingsAsked(search),
    join: into === undefined ? undefined : { log: into, mode: 'append', key: [] },
  });
  const settings = { ...check.data?.settings, ...search.settings };
  const go = (change: Partial<ImportSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }) });

  // Files that were let go elsewhere; what is on its way goes first.
  const isSending = sending.kind === 'sending';
  useEffect(() => {
    const dropped = takeDropped();
    if (dropped.length > 0 && !isSending) startUpload(dropped);
  }, [isSending]);
  // An upload that has arrived is taken once, also when the page was left meanwhile.
  const arrived = sending.kind === 'there' ? sending.upload : undefined;
  useEffect(() => {
    if (!arrived) return;
    const { id, name } = arrived;
    forgetUpload();
    void navigate({
      search: ({ into }) => ({ into, upload: id, file: name, step: 'columns' as const }),
    });
  }, [arrived, navigate]);
  useScrollToTop(step);
  useWindowDrop(step === 'file' && sending.kind !== 'sending' ? startUpload : undefined);
  const chooseOther = () => {
    forgetUpload();
    void navigate({ search: ({ into }) => ({ into, step: 'file' as const }) });
  };

  const isThere = upload !== undefined && !imported;
  const canImport = check.data?.possible === true && !check.isFetching;
  const isOpen = [true, isThere, isThere, isThere && (canImport || step === 'import')];
  const isLost = search.job === undefined && (upload === undefined || isGone(check));
  const isOpenStep = !imported && !isLost;
  const target = logs.find((log) => log.id === into);
  return (
    <Page
      title={target ? text('import.title.into', { name: target.name }) : text('import.title')}
      subtitle={file}
      back={
        <Anchor size="sm" renderRoot={(props) => <Link to="/data" {...props} />}>
          <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {text('data.back')}
        </Anchor>
      }
    >
      <Stepper
        active={
          step !== 'file' && result && madeVersion(result) ? STEPS.length : STEPS.indexOf(step)
        }
        onStepClick={(idx) => go({ step: STEPS[idx] ?? 'file', job: undefined })}
      >
        {STEPS.map((name, idx) => (
          <Stepper.Step
            key={name}
            label={text(`import.step.${name}`)}
            description={text(`import.step.${name}.detail`)}
            allowStepSelect={isOpen[idx] ?? false}
          />
        ))}
      </Stepper>
      {step === 'file' && (
        <FileStep there={isThere ? file : undefined} onNext={() => go({ step: 'columns' })} />
      )}
      {step !== 'file' && imported && <ImportJob job={imported.id} onOtherFile={chooseOther} />}
      {step !== 'file' && !imported && isLost && <Gone file={file} onOtherFile={chooseOther} />}
      {isOpenStep && step === 'columns' && (
        <ColumnsStep
          check={check}
          settings={settings}
          onSettings={(next) =>
            navigate({ search: (before) => ({ ...before, settings: next }), replace: true })
          }
          file={file}
          onFresh={() => go({ fresh: true, settings: undefined })}
          onRecipe={(order) => go(searchOf(order, logs))}
          onOtherFile={chooseOther}
          onNext={() => go({ step: 'check' })}
        />
      )}
      {isOpenStep && step === 'check' && (
        <CheckStep
          check={check}
          file={file}
          onOtherFile={chooseOther}
          onBack={() => go({ step: 'columns' })}
          onNext={() => go({ step: 'import' })}
        />
      )}
      {isOpenStep && step === 'import' && upload && (
        <ImportStep
          search={search}
          upload={upload}
          columns={check.data?.columns ?? []}
          onOtherFile={chooseOther}
        />
      )}
    </Page>
  );
}

/** What the address says after a recipe was chosen. */
function searchOf({ settings, log, mode, key }: RecipeOrder, logs: Log[]): Partial<ImportSearch> {
  const known = logs.find(({ name }) => name === log);
  const joins = mode && mode !== 'new' && known ? { mode, into: known.id, key } : {};
  return { settings, ...(log && !known ? { name: log } : {}), ...joins };
}

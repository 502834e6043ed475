// Saves a page or a list of filters under a name: what is saved is said before.
import { Alert, Button, Group, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '../../api/problem';
import { type NamedContent, type Saved, viewsQuery } from '../../api/views';
import { useFormats } from '../../format';
import { Dialog } from '../../shell/Dialog';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { useSaving } from './useSaving';
import { useViewText } from './useViewText';
import styles from './Views.module.css';
import { NAME_MAX, savedAs } from './viewName';

interface SaveDialogProps {
  log: number;
  content: NamedContent;
  /** The version that the page shows. */
  version: number | undefined;
  /** Paused filters, which a list of filters does not hold. */
  pausedCount?: number;
  onSaved: (saved: Saved) => void;
  onClose: () => void;
}

export function SaveDialog(props: SaveDialogProps) {
  const { log, content, version, pausedCount = 0, onSaved, onClose } = props;
  const text = useText();
  const format = useFormats();
  const words = useViewText();
  const { data: known = [] } = useQuery(viewsQuery(log));
  const isKept = content.kind === 'view' && content.state.version !== undefined;
  const [keeps, setKeeps] = useState(isKept);
  const [name, setName] = useState('');
  const saving = useSaving(log, (saved) => {
    onClose();
    onSaved(saved);
  });
  const chosen = withVersion(content, keeps ? version : undefined);
  const over = savedAs(known, content.kind, name);
  const { page, filters } = words(chosen);
  const isNamed = name.trim() !== '';
  return (
    <Dialog
      onClose={onClose}
      title={text(content.kind === 'view' ? 'views.save.title' : 'views.filters.save')}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) saving.mutate({ content: chosen, name, ...(over ? { over } : {}) });
        }}
      >
        <TextInput
          data-autofocus
          label={text('views.name')}
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <dl className={styles.holds}>
          <dt>{text('views.holds')}</dt>
          <dd>{page}</dd>
          {filters.map((filter) => (
            <dd key={filter}>{filter}</dd>
          ))}
          {filters.length === 0 && <dd>{text('views.filters.none')}</dd>}
          {content.kind === 'view' && <dd>{text('views.holds.rest')}</dd>}
          {pausedCount > 0 && <dd>{text('views.filters.paused', { count: pausedCount })}</dd>}
        </dl>
        {content.kind === 'view' && version !== undefined && (
          <Radio.Group
            label={text('views.version')}
            value={keeps ? 'kept' : 'newest'}
            onChange={(value) => setKeeps(value === 'kept')}
          >
            <div className={styles.choices}>
              <Radio value="newest" label={text('views.version.newest')} />
              <Radio value="kept" label={text('views.version.keep', { number: String(version) })} />
            </div>
          </Radio.Group>
        )}
        <p className={styles.note}>{text('views.owner')}</p>
        {over && (
          <Alert color="orange" role="status" className={styles.alert ?? ''}>
            {text('views.name.taken', {
              name: over.name,
              date: format.dateTime(over.updated_at),
            })}
          </Alert>
        )}
        {saving.error && <FailureView failure={failureOf(saving.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!isNamed}>
            {text(over ? 'views.replace' : 'action.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function withVersion(content: NamedContent, version: number | undefined): NamedContent {
  if (content.kind === 'filters') return content;
  const { version: _, ...state } = content.state;
  return { ...content, state: version === undefined ? state : { ...state, version } };
}

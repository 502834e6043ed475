// What failed, where, what to do: for a whole page or a part of it.
import { Button, CopyButton, Group } from '@mantine/core';
import { Copy, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../api/problem';
import type { Place } from '../api/types';
import type { Say } from '../text/useText';
import { useText } from '../text/useText';
import styles from './FailureView.module.css';

interface Act {
  name: string;
  act: () => void;
}

interface FailureViewProps {
  failure: Failure;
  onRetry?: (() => void) | undefined;
  /** What helps best, where that is not to try again. */
  main?: Act | undefined;
  other?: Act | undefined;
  /** Where to look for what is not here. */
  way?: ReactNode;
}

export function FailureView({ failure, onRetry, main, other, way }: FailureViewProps) {
  const text = useText();
  const { title, detail, places, hint, code } = described(failure, text);
  return (
    <section className={styles.failure} role="alert">
      <TriangleAlert className={styles.sign} size={22} aria-hidden />
      <div className={styles.words}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.detail}>{detail}</p>
        {places.length > 0 && <p className={styles.places}>{places.join(' · ')}</p>}
        {hint && <p className={styles.detail}>{hint}</p>}
        <p className={styles.code}>{text('failure.problem.code', { code })}</p>
        <Group gap="xs" mt="sm">
          {main && (
            <Button size="xs" onClick={main.act}>
              {main.name}
            </Button>
          )}
          {way}
          {other && (
            <Button size="xs" variant="default" onClick={other.act}>
              {other.name}
            </Button>
          )}
          {onRetry && (
            <Button
              size="xs"
              variant={main || way ? 'default' : 'filled'}
              leftSection={<RotateCw size={14} aria-hidden />}
              onClick={onRetry}
            >
              {text('failure.retry')}
            </Button>
          )}
          <CopyButton value={JSON.stringify({ at: location.href, failure }, null, 2)}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                leftSection={<Copy size={14} aria-hidden />}
                onClick={copy}
              >
                {text(copied ? 'failure.copied' : 'failure.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </div>
    </section>
  );
}

interface Described {
  title: string;
  detail: string;
  places: string[];
  hint?: string | null | undefined;
  code: string;
}

function described(failure: Failure, text: Say): Described {
  switch (failure.kind) {
    case 'problem': {
      const { code, detail, place, hint, title } = failure.problem;
      return {
        title: title ?? text('failure.problem.title'),
        detail,
        places: placesOf(place ?? {}, text),
        hint,
        code,
      };
    }
    case 'unreachable':
    case 'unsent':
      return {
        title: text(`failure.${failure.kind}.title`),
        detail: text(`failure.${failure.kind}.detail`),
        places: [],
        code: failure.kind,
      };
    case 'unexpected':
      return {
        title: text('failure.unexpected.title'),
        detail: text('failure.unexpected.detail', { status: String(failure.status) }),
        places: [],
        code: `http_${failure.status}`,
      };
    case 'fault':
      return {
        title: text('failure.fault.title'),
        detail: text('failure.fault.detail', { message: failure.message }),
        places: [],
        code: 'page_fault',
      };
  }
}

function placesOf(place: Place, text: Say): string[] {
  const places: string[] = [];
  if (place.file) places.push(text('failure.place.file', { file: place.file }));
  if (place.row) places.push(text('failure.place.row', { row: place.row }));
  if (place.column) places.push(text('failure.place.column', { column: place.column }));
  if (place.parameter) places.push(text('failure.place.parameter', { parameter: place.parameter }));
  return places;
}

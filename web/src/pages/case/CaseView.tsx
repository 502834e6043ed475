// One case with all that happened in it, beside the table or on a page of its own.
import { ActionIcon, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Maximize2, Minimize2, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { caseQuery } from '../../api/cases';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import type { LaneKind } from '../../pictures/timeline/lanes';
import type { StepLooks } from '../../pictures/variants/ChevronStrip';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { CaseContent } from './CaseContent';
import styles from './CaseView.module.css';

export interface CaseViewProps {
  log: Log;
  version: Version;
  /** The version of the address, for links; missing for the current one. */
  linkVersion: number | undefined;
  id: string;
  looks: StepLooks;
  /** Its place in the table, from 0; `null` where that is not known. */
  place: number | null;
  /** How many cases the table has. */
  count: number;
  isWide: boolean;
  lanes: LaneKind;
  onGo: (place: number) => void;
  onClose: () => void;
  onWide: (isWide: boolean) => void;
  onLanes: (kind: LaneKind) => void;
}

export function CaseView(props: CaseViewProps) {
  const { version, id, place, count, isWide, onGo, onClose, onWide } = props;
  const text = useText();
  const title = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLElement>(null);
  const query = useQuery(caseQuery(version.id, id));
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case is read from its top
  useEffect(() => body.current?.scrollTo({ top: 0 }), [id]);
  useEscape(onClose);
  const go = (step: number) => {
    if (place !== null && 0 <= place + step && place + step < count) onGo(place + step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isField(event.target)) return;
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else return;
    event.preventDefault();
  };
  return (
    <aside
      className={styles.case}
      data-wide={isWide || undefined}
      aria-label={text('case.title', { id })}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <h2 ref={title} className={styles.title} tabIndex={-1}>
          {text('case.title', { id })}
        </h2>
        {place !== null && (
          <span className={styles.place}>{text('case.place', { place: place + 1, count })}</span>
        )}
        <div className={styles.tools}>
          <Tool
            name={text('case.previous')}
            isOff={place === null || place === 0}
            onClick={() => go(-1)}
          >
            <ChevronLeft size={17} aria-hidden />
          </Tool>
          <Tool
            name={text('case.next')}
            isOff={place === null || place >= count - 1}
            onClick={() => go(1)}
          >
            <ChevronRight size={17} aria-hidden />
          </Tool>
          <span className={styles.wide}>
            <Tool name={text(isWide ? 'case.narrow' : 'case.wide')} onClick={() => onWide(!isWide)}>
              {isWide ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
            </Tool>
          </span>
          <Tool name={text('case.close')} onClick={onClose}>
            <X size={17} aria-hidden />
          </Tool>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section ref={body} className={styles.body} tabIndex={0} aria-label={text('case.content')}>
        {query.data && <CaseContent key={id} {...props} {...query.data} />}
        {!query.data && query.error && (
          <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.isPending && (
          <Late>
            <Skeleton height={60} mb="md" />
            <Skeleton height={180} mb="md" />
            <Skeleton height={240} />
          </Late>
        )}
      </section>
    </aside>
  );
}

interface ToolProps {
  name: string;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ name, isOff = false, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      size={28}
      variant="subtle"
      aria-label={name}
      title={name}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}

/** Closes wherever the focus is on the page, but not while a field or a menu wants the key. */
function useEscape(onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isField(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  const fields = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
  return target instanceof Element && target.closest(fields) !== null;
}

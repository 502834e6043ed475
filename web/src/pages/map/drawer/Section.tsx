// A part of the drawer: folded or not, as a picture or as a table, small or large.
import { ActionIcon, Tooltip } from '@mantine/core';
import { ChartColumn, Maximize2, Table } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Dialog } from '../../../shell/Dialog';
import { useText } from '../../../text/useText';
import { useSize } from '../../explore/useSize';
import styles from './Drawer.module.css';

interface Room {
  /** What there is for a picture. */
  width: number;
  isTable: boolean;
  isLarge: boolean;
}

interface SectionProps {
  /** By which it stays folded when something else is selected. */
  id: string;
  title: string;
  /** What is said below the title: of how many. */
  hint?: ReactNode;
  hasTable?: boolean;
  children: (room: Room) => ReactNode;
}

const folded = new Set<string>();

export function Section({ id, title, hint, hasTable, children }: SectionProps) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(() => !folded.has(id));
  const [isTable, setIsTable] = useState(false);
  const [isLarge, setIsLarge] = useState(false);
  const other = text(isTable ? 'explore.picture' : 'explore.table', { title });
  const body = (room: Omit<Room, 'width'>) => (
    <>
      {hint && <p className={styles.hint}>{hint}</p>}
      <Sized>{(width) => children({ ...room, width })}</Sized>
    </>
  );
  return (
    <details
      className={styles.section}
      open={isOpen}
      onToggle={(event) => {
        const { open } = event.currentTarget;
        setIsOpen(open);
        if (open) folded.delete(id);
        else folded.add(id);
      }}
    >
      <summary className={styles.summary}>
        <h3 className={styles.title}>{title}</h3>
      </summary>
      {isOpen && (
        <>
          <div className={styles.tools}>
            {hasTable && (
              <Tool name={other} onClick={() => setIsTable(!isTable)}>
                {isTable ? <ChartColumn size={14} aria-hidden /> : <Table size={14} aria-hidden />}
              </Tool>
            )}
            {hasTable && (
              <Tool name={text('map.drawer.large', { title })} onClick={() => setIsLarge(true)}>
                <Maximize2 size={14} aria-hidden />
              </Tool>
            )}
          </div>
          {body({ isTable, isLarge: false })}
        </>
      )}
      {isLarge && (
        <Dialog size="64rem" onClose={() => setIsLarge(false)} title={title}>
          {body({ isTable: false, isLarge: true })}
          {hasTable && (
            <div className={styles.twin}>
              {children({ isTable: true, isLarge: true, width: 0 })}
            </div>
          )}
        </Dialog>
      )}
    </details>
  );
}

interface ToolProps {
  name: string;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ name, onClick, children }: ToolProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" size={24} aria-label={name} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Sized({ children }: { children: (width: number) => ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  return <div ref={frame}>{width > 0 && children(width)}</div>;
}

// A sheet with one picture: what it shows, of how many cases, and the same as a table.
import { ActionIcon, Tooltip } from '@mantine/core';
import { ChartColumn, Table } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { useText } from '../../text/useText';
import { PictureButton } from '../log/PictureButton';
import styles from './Card.module.css';

interface CardProps {
  title: string;
  /** How many cases, and of how many; with a link to them. */
  coverage?: ReactNode;
  actions?: ReactNode;
  /** Whether the table is shown instead of the picture; no switch where there is no twin. */
  isTable?: boolean;
  onTable?: (isTable: boolean) => void;
  /** Holds nothing that is worth a picture. */
  isPlain?: boolean;
  children: ReactNode;
}

export function Card({ title, coverage, actions, isTable, onTable, isPlain, children }: CardProps) {
  const text = useText();
  const id = useId();
  const part = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const other = text(isTable ? 'explore.picture' : 'explore.table', { title });
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {coverage && (
            <p ref={words} className={styles.coverage}>
              {coverage}
            </p>
          )}
        </div>
        <div className={`${styles.actions} not-printed`}>
          {!isPlain && (
            <PictureButton
              part={part}
              title={title}
              about={() => (words.current?.textContent ? [words.current.textContent] : [])}
            />
          )}
          {actions}
          {onTable && (
            <Tooltip label={other}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={other}
                onClick={() => onTable(!isTable)}
              >
                {isTable ? <ChartColumn size={16} aria-hidden /> : <Table size={16} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      </header>
      <div ref={part} className={styles.body}>
        {children}
      </div>
    </section>
  );
}

// What one data template says: the first steps, its sheets, its columns, its activities.
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { Template } from '../../../api/templates';
import type { Language } from '../../../settings';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { type SheetColumn, SheetTable } from '../SheetTable';
import styles from './Templates.module.css';

interface GuideProps {
  template: Template;
  language: Language;
}

export function Guide({ template, language }: GuideProps) {
  const text = useText();
  const version = text('templates.version', { version: template.version });
  const pointedAt = usePointedAt(template);
  return (
    <div className={styles.guide}>
      <section className={panel.panel}>
        <h2 className={panel.heading}>
          <span lang={language}>{template.name}</span>{' '}
          <small className={styles.quiet}>{version}</small>
        </h2>
        <p className={styles.text} lang={language}>
          {template.introduction}
        </p>
      </section>
      <ol className={styles.steps}>
        {template.steps.map((step) => (
          <li key={step.number} className={panel.panel}>
            <h2 className={panel.heading} lang={language}>
              {step.number}. {step.title}
            </h2>
            <dl className={styles.told}>
              <dt>{text('templates.what')}</dt>
              <dd lang={language}>{step.what}</dd>
              <dt>{text('templates.why')}</dt>
              <dd lang={language}>{step.why}</dd>
              <dt>{text('templates.result')}</dt>
              <dd lang={language}>{step.result}</dd>
            </dl>
          </li>
        ))}
      </ol>
      <Sheets template={template} language={language} />
      <Columns template={template} language={language} pointedAt={pointedAt} />
      <Activities template={template} language={language} pointedAt={pointedAt} />
    </div>
  );
}

/** The line that the address points at, which is brought into sight. */
function usePointedAt({ system }: Template): string {
  const hash = useLocation({ select: (location) => location.hash });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another template has other lines
  useEffect(() => {
    document.getElementById(hash)?.scrollIntoView({ block: 'center' });
  }, [hash, system]);
  return hash;
}

interface LinesProps extends GuideProps {
  pointedAt: string;
}

function Sheets({ template: { sheets }, language }: GuideProps) {
  const text = useText();
  const columns: SheetColumn<Template['sheets'][number]>[] = [
    { name: text('templates.sheet'), cell: (one) => <span lang={language}>{one.name}</span> },
    {
      name: text('templates.contents'),
      cell: (one) => <span lang={language}>{one.meaning}</span>,
    },
  ];
  return (
    <Section title={text('templates.sheets')}>
      <SheetTable
        caption={text('templates.sheets')}
        columns={columns}
        rows={sheets}
        keyOf={(one) => sheets.indexOf(one)}
      />
    </Section>
  );
}

function Columns({ template: { attributes }, language, pointedAt }: LinesProps) {
  const text = useText();
  const columns: SheetColumn<Template['attributes'][number]>[] = [
    {
      name: text('templates.column'),
      cell: (one) => (
        <span className={styles.named}>
          <span className={styles.code}>{one.column}</span>
          <small lang={language} className={styles.quiet}>
            {one.name}
          </small>
        </span>
      ),
    },
    {
      name: text('templates.status'),
      cell: (one) => <Asked name={one.status_name} status={one.status} isStarter={one.starter} />,
    },
    {
      name: text('templates.meaning'),
      cell: (one) => <Named name={one.meaning} detail={one.why} language={language} />,
    },
    {
      name: text('templates.source'),
      cell: (one) => (
        <Named name={one.source} detail={one.technical_name ?? ''} language={language} />
      ),
    },
    {
      name: text('templates.examples'),
      from: 'wide',
      cell: (one) => (
        <Named name={one.type_name} detail={one.examples.join(', ')} language={language} />
      ),
    },
  ];
  return (
    <Section title={text('templates.columns')}>
      <SheetTable
        caption={text('templates.columns')}
        columns={columns}
        rows={attributes}
        keyOf={(one) => attributes.indexOf(one)}
        idOf={({ key }) => `attribute-${key}`}
        pointedAt={pointedAt}
      />
    </Section>
  );
}

function Activities({ template: { activities }, language, pointedAt }: LinesProps) {
  const text = useText();
  const columns: SheetColumn<Template['activities'][number]>[] = [
    {
      name: text('templates.activity'),
      cell: (one) => <span lang={language}>{one.label}</span>,
    },
    {
      name: text('templates.status'),
      cell: (one) => <Asked name={one.status_name} status={one.status} isStarter={one.starter} />,
    },
    {
      name: text('templates.meaning'),
      cell: (one) => <Named name={one.meaning} detail={one.why} language={language} />,
    },
    {
      name: text('templates.capture'),
      cell: (one) => <Named name={one.capture} detail={one.evidence_name} language={language} />,
    },
  ];
  return (
    <Section title={text('templates.activities')}>
      <SheetTable
        caption={text('templates.activities')}
        columns={columns}
        rows={activities}
        keyOf={(one) => activities.indexOf(one)}
        idOf={({ key }) => `activity-${key}`}
        pointedAt={pointedAt}
      />
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={panel.heading}>{title}</h2>
      {children}
    </section>
  );
}

interface NamedProps {
  name: string;
  detail: string;
  language: Language;
}

function Named({ name, detail, language }: NamedProps) {
  return (
    <span lang={language} className={styles.named}>
      <span>{name}</span>
      {detail && <small className={styles.quiet}>{detail}</small>}
    </span>
  );
}

interface AskedProps {
  name: string;
  status: Template['attributes'][number]['status'];
  isStarter: boolean;
}

function Asked({ name, status, isStarter }: AskedProps) {
  const text = useText();
  return (
    <span className={`${styles.named} ${styles.asked}`}>
      <span className={styles.status} data-status={status}>
        {name}
      </span>
      {isStarter && <small className={styles.quiet}>{text('templates.starter')}</small>}
    </span>
  );
}

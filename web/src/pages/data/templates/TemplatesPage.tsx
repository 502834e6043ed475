// The data templates: choose a system and a language, read how to begin, download.
import { Anchor, Button, NativeSelect, SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Download } from 'lucide-react';
import { failureOf } from '../../../api/problem';
import { templateAddress, templatesQuery } from '../../../api/templates';
import { type Language, plainLanguage, useSettings } from '../../../settings';
import { FailureView } from '../../../shell/FailureView';
import { Late } from '../../../shell/Late';
import { Page } from '../../../shell/Page';
import { useText } from '../../../text/useText';
import { Guide } from './Guide';
import styles from './Templates.module.css';

const route = getRouteApi('/data/templates');

const LANGUAGE_NAMES: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'ja', label: '日本語' },
];

export function TemplatesPage() {
  const text = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const screen = plainLanguage(useSettings().language);
  const language = search.language ?? screen;
  const templates = useQuery({ ...templatesQuery(language), placeholderData: keepPreviousData });
  const all = templates.data ?? [];
  const shown = all.find((one) => one.system === search.system) ?? all[0];
  return (
    <Page
      title={text('data.templates')}
      subtitle={text('templates.subtitle')}
      back={
        <Anchor size="sm" renderRoot={(props) => <Link to="/data" {...props} />}>
          <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {text('data.back')}
        </Anchor>
      }
    >
      {templates.isError && !templates.data && (
        <FailureView failure={failureOf(templates.error)} onRetry={() => templates.refetch()} />
      )}
      {templates.isPending && (
        <Late>
          <Skeleton height={240} radius="md" />
        </Late>
      )}
      {shown && (
        <>
          <div className={`${styles.choice} not-printed`}>
            <NativeSelect
              label={text('templates.system')}
              value={shown.system}
              data={all.map(({ system, name }) => ({ value: system, label: name }))}
              onChange={({ currentTarget: { value } }) =>
                void navigate({ search: { ...search, system: value }, replace: true })
              }
            />
            <div className={styles.language}>
              <span aria-hidden>{text('templates.language')}</span>
              <SegmentedControl
                aria-label={text('templates.language')}
                value={language}
                data={LANGUAGE_NAMES}
                onChange={(value) =>
                  void navigate({
                    search: { ...search, language: value as Language },
                    replace: true,
                  })
                }
              />
            </div>
            <div className={styles.downloads}>
              <Button
                component="a"
                href={templateAddress(shown.system, language, 'xlsx')}
                download={shown.xlsx_name}
                leftSection={<Download size={16} aria-hidden />}
              >
                {text('templates.xlsx')}
              </Button>
              <Button
                component="a"
                variant="default"
                href={templateAddress(shown.system, language, 'csv')}
                download={shown.csv_name}
                leftSection={<Download size={16} aria-hidden />}
              >
                {text('templates.csv')}
              </Button>
            </div>
          </div>
          <Guide template={shown} language={language} />
        </>
      )}
    </Page>
  );
}

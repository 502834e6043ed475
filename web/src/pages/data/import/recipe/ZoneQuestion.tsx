// Asks in which zone the times were recorded, where the file does not say it.
import { Button, Group } from '@mantine/core';
import type { CheckResult, ImportSettings } from '../../../../api/types';
import { useFormats } from '../../../../format';
import panel from '../../../../style/panel.module.css';
import { useText } from '../../../../text/useText';
import { withoutBlanks } from '../roles';

const UTC = 'UTC';

interface ZoneQuestionProps {
  result: CheckResult;
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
}

/** Days alone mean the same in every zone, so only a file with hours is worth the question. */
export function ZoneQuestion({ result, settings, onSettings }: ZoneQuestionProps) {
  const text = useText();
  const format = useFormats();
  const { zone_open: open = [], date_examples: examples } = result;
  const hasHours = examples.some(({ raw }) => /\d:\d/.test(raw));
  if (open.length === 0 || !hasHours || settings.time_zone) return null;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([own, UTC])];
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('mapping.zone')}</h2>
      <p className={panel.note}>{text('mapping.zone.detail', { names: format.list(open) })}</p>
      <Group mt="sm">
        {zones.map((time_zone) => (
          <Button
            key={time_zone}
            size="xs"
            variant="default"
            onClick={() => onSettings(withoutBlanks({ ...settings, time_zone }))}
          >
            {time_zone}
          </Button>
        ))}
      </Group>
    </section>
  );
}

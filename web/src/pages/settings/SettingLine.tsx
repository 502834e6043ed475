// One setting: what it decides, its value, its default, and the way back to it.
import { Badge, Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import type { Setting, SettingValue } from '../../api/settings';
import { useText } from '../../text/useText';
import { RowsField } from './RowsField';
import styles from './Settings.module.css';
import { ValueField } from './ValueField';
import { rowsOf, shown } from './values';

interface SettingLineProps {
  setting: Setting;
  /** What is chosen and not saved yet; `null` is back to the default. */
  draft: SettingValue | null | undefined;
  error?: string | undefined;
  onChange: (value: SettingValue | null) => void;
}

export function SettingLine({ setting, draft, error, onChange }: SettingLineProps) {
  const text = useText();
  const { name, shape } = setting;
  const fallback = setting.default ?? null;
  const value = draft === undefined ? (setting.value ?? null) : (draft ?? fallback);
  const isChosen = draft === undefined ? setting.chosen : draft !== null;
  const plain = shown(setting, fallback);
  const told =
    shape.kind === 'flag' ? text(fallback === true ? 'settings.on' : 'settings.off') : plain;
  return (
    <div className={styles.line} data-chosen={isChosen || undefined}>
      <div>
        <h3 className={styles.name}>
          {name} {isChosen && <Badge size="sm">{text('settings.chosen')}</Badge>}
        </h3>
        <p className={styles.meaning}>{setting.meaning}</p>
        <p className={styles.default}>
          {told === '' ? text('settings.default.none') : text('settings.default', { value: told })}
        </p>
      </div>
      <div className={styles.value}>
        {shape.kind === 'table' ? (
          <>
            <RowsField
              name={name}
              columns={setting.columns ?? []}
              rows={rowsOf(value)}
              onChange={onChange}
            />
            {error && (
              <p role="alert" className={styles.error}>
                {error}
              </p>
            )}
          </>
        ) : (
          <ValueField
            key={String(draft === null)}
            shape={shape}
            label={name}
            value={value}
            empty={text('settings.none')}
            error={error}
            onChange={onChange}
          />
        )}
        {isChosen && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Undo2 size={14} aria-hidden />}
            aria-label={text('settings.reset.of', { name })}
            onClick={() => onChange(null)}
          >
            {text('settings.reset')}
          </Button>
        )}
      </div>
    </div>
  );
}

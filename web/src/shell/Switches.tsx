// Language, theme and density: choices that this browser remembers.
import { ActionIcon, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Check, Languages, type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';
import { type Density, type Language, remember, useSettings } from '../settings';
import type { TextKey } from '../text/messages';
import { useText } from '../text/useText';
import styles from './Switches.module.css';

const LANGUAGES: { value: Language; short: string; name: string }[] = [
  { value: 'en', short: 'EN', name: 'English' },
  { value: 'fr', short: 'FR', name: 'Français' },
  { value: 'ja', short: '日本語', name: '日本語' },
];

const THEMES: { value: 'light' | 'dark' | 'auto'; name: TextKey; icon: LucideIcon }[] = [
  { value: 'light', name: 'shell.theme.light', icon: Sun },
  { value: 'dark', name: 'shell.theme.dark', icon: Moon },
  { value: 'auto', name: 'shell.theme.auto', icon: Monitor },
];

const DENSITIES: { value: Density; name: TextKey }[] = [
  { value: 'comfortable', name: 'shell.density.comfortable' },
  { value: 'compact', name: 'shell.density.compact' },
];

/** All three in a row where there is room, else in a menu. */
export function LanguageSwitch() {
  const text = useText();
  const { language } = useSettings();
  const choose = (value: string) => remember({ language: value as Language });
  return (
    <>
      <SegmentedControl
        className={styles.wide ?? ''}
        size="xs"
        aria-label={text('shell.language')}
        value={language}
        onChange={choose}
        data={LANGUAGES.map(({ value, short, name }) => ({
          value,
          label: (
            <span lang={value} title={name}>
              {short}
            </span>
          ),
        }))}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            className={styles.narrow ?? ''}
            variant="default"
            size={32}
            aria-label={text('shell.language')}
          >
            <Languages size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {LANGUAGES.map(({ value, name }) => (
            <Menu.Item
              key={value}
              lang={value}
              onClick={() => choose(value)}
              {...chosen(value === language)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

export function ThemeSwitch() {
  const text = useText();
  const { language, density } = useSettings();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = THEMES.find(({ value }) => value === colorScheme)?.icon ?? Monitor;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={text('shell.theme')}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('shell.theme')}</Menu.Label>
        {THEMES.map(({ value, name, icon: ThemeIcon }) => (
          <Menu.Item
            key={value}
            leftSection={<ThemeIcon size={16} aria-hidden />}
            onClick={() => setColorScheme(value)}
            {...chosen(value === colorScheme)}
          >
            {text(name)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text('shell.density')}</Menu.Label>
        {DENSITIES.map(({ value, name }) => (
          <Menu.Item
            key={value}
            onClick={() => remember({ density: value })}
            {...chosen(value === density)}
          >
            {text(name)}
          </Menu.Item>
        ))}
        {import.meta.env.DEV && (
          <Menu.Item
            onClick={() => remember({ language: language === 'pseudo' ? 'en' : 'pseudo' })}
            {...chosen(language === 'pseudo')}
          >
            {text('shell.language.pseudo')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function chosen(isChosen: boolean) {
  return isChosen
    ? { 'aria-current': 'true' as const, rightSection: <Check size={14} aria-hidden /> }
    : {};
}

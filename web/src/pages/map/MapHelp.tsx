// The keys of the map.
import { Kbd, Modal } from '@mantine/core';
import { type Say, useText } from '../../text/useText';
import styles from './MapHelp.module.css';

const KEYS = [
  ['tab', ['Tab']],
  ['down', ['↓']],
  ['up', ['↑']],
  ['sides', ['←', '→']],
  ['enter', ['Enter']],
  ['mark', ['Ctrl Enter']],
  ['move', ['Shift ↑', 'Shift →', 'Shift ↓', 'Shift ←']],
  ['menu', ['Shift F10']],
  ['escape', ['Esc']],
  ['zoom', ['+', '−']],
  ['fit', ['0']],
  ['read', ['1']],
  ['paths', ['[', ']']],
  ['table', ['T']],
  ['replay', ['Space']],
  ['find', ['/', 'Ctrl K']],
  ['help', ['?']],
] as const;

/** Keys that are called otherwise on other keyboards. */
const NAMED = { Enter: 'map.key.enter', Shift: 'map.key.shift', Space: 'map.key.space' } as const;

function named(key: string, text: Say): string {
  return key.replace(/Enter|Shift|Space/, (one) => text(NAMED[one as keyof typeof NAMED]));
}

export function MapHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const text = useText();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={text('map.help.title')}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <dl className={styles.keys}>
        {KEYS.map(([name, keys]) => (
          <div key={name} className={styles.row}>
            <dt>{text(`map.help.${name}`)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{named(key, text)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.mouse}>{text('map.help.first')}</p>
      <p className={styles.mouse}>{text('map.help.mouse')}</p>
    </Modal>
  );
}

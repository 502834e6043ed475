// Finds an activity by a part of its name, also one that is not shown now.
import { Modal, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import type { MapActivity } from '../../api/map';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './FindActivity.module.css';

const LISTED_MAX = 50;

interface FindActivityProps {
  isOpen: boolean;
  /** All activities of the log, most frequent first. */
  activities: MapActivity[];
  isShown: (activity: string) => boolean;
  onClose: () => void;
  onFind: (activity: MapActivity) => void;
}

export function FindActivity(props: FindActivityProps) {
  const text = useText();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={text('map.tools.find')}
      closeButtonProps={{ 'aria-label': text('action.close') }}
      yOffset="8vh"
      centered={false}
    >
      <Finder {...props} />
    </Modal>
  );
}

function Finder({ activities, isShown, onFind, onClose }: FindActivityProps) {
  const text = useText();
  const format = useFormats();
  const list = useId();
  const [wanted, setWanted] = useState('');
  const [place, setPlace] = useState(0);
  const found = matches(activities, wanted, format.locale).slice(0, LISTED_MAX);
  const choose = (activity: MapActivity | undefined) => {
    if (!activity) return;
    onClose();
    onFind(activity);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setPlace(Math.min(found.length - 1, place + 1));
    else if (event.key === 'ArrowUp') setPlace(Math.max(0, place - 1));
    else if (event.key === 'Enter') choose(found[place]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${place}` : undefined}
        aria-label={text('map.find.placeholder')}
        placeholder={text('map.find.placeholder')}
        leftSection={<Search size={15} aria-hidden />}
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p className="only-read-aloud" role="status">
        {text('map.find.results', { count: found.length })}
      </p>
      {found.length === 0 && <p className={styles.none}>{text('map.find.none')}</p>}
      <div
        id={list}
        role="listbox"
        aria-label={text('map.detail.activities')}
        className={styles.list}
      >
        {found.map((one, idx) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above
          <div
            key={one.activity}
            id={`${list}-${idx}`}
            role="option"
            tabIndex={-1}
            aria-selected={idx === place}
            className={styles.item}
            onClick={() => choose(one)}
          >
            <span className={styles.name}>{one.activity}</span>
            {!isShown(one.activity) && (
              <span className={styles.hidden}>{text('map.find.hidden')}</span>
            )}
            <span className="number">{format.number(one.cases, 0)}</span>
          </div>
        ))}
      </div>
    </>
  );
}

/** Names that begin with the text first, then those that contain it; case and width do not matter. */
export function matches(activities: MapActivity[], wanted: string, locale: string): MapActivity[] {
  const plain = (text: string) => text.normalize('NFKC').toLocaleLowerCase(locale);
  const part = plain(wanted.trim());
  const rank = (activity: MapActivity) => {
    const at = plain(activity.activity).indexOf(part);
    return at < 0 ? 2 : Math.min(1, at);
  };
  return activities.filter((one) => rank(one) < 2).sort((left, right) => rank(left) - rank(right));
}

// Asks for the name of a group of activities, or another name for one.
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormats } from '../../format';
import { Dialog } from '../../shell/Dialog';
import { useText } from '../../text/useText';

interface NameDialogProps {
  /** One is renamed, several become a group. */
  members: string[];
  /** Names that mean something else already. */
  taken: string[];
  onName: (name: string) => void;
  onClose: () => void;
}

const NAME_MAX = 200;

export function NameDialog({ members, taken, onName, onClose }: NameDialogProps) {
  const text = useText();
  const format = useFormats();
  const [only] = members;
  const isOne = members.length === 1 && only !== undefined;
  const [name, setName] = useState(isOne ? only : '');
  const wanted = name.trim();
  const isTaken = taken.includes(wanted) && !members.includes(wanted);
  const canBe = wanted !== '' && !isTaken && !(isOne && wanted === only);
  return (
    <Dialog
      onClose={onClose}
      title={
        isOne
          ? text('map.rename.title', { activity: only })
          : text('map.group.title', { count: members.length })
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canBe) onName(wanted);
        }}
      >
        <TextInput
          data-autofocus
          label={text(isOne ? 'map.rename.name' : 'map.group.name')}
          description={isOne ? text('map.rename.hint') : format.list(members)}
          maxLength={NAME_MAX}
          value={name}
          error={isTaken ? text('map.group.taken', { name: wanted }) : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" disabled={!canBe}>
            {text(isOne ? 'map.menu.rename' : 'map.menu.group')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

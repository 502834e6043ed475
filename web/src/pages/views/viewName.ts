// Whether something can be saved under a name, and what has that name already.
import type { Saved } from '../../api/views';

/** The saved thing of a kind that has a name, as the server compares names. */
export function savedAs(saved: Saved[], kind: Saved['kind'], name: string): Saved | undefined {
  const wanted = keyOf(name);
  return saved.find((one) => one.kind === kind && keyOf(one.name) === wanted);
}

function keyOf(name: string): string {
  return name.trim().normalize('NFC').toLowerCase().normalize('NFC');
}

/** As many characters as the server takes. */
export const NAME_MAX = 200;

const TOLD_MAX = 48;

/** As a notice tells it to whoever has just typed it: what is done with it stays in sight. */
export function shortened(name: string): string {
  const letters = [...name];
  return letters.length > TOLD_MAX
    ? `${letters
        .slice(0, TOLD_MAX - 1)
        .join('')
        .trimEnd()}…`
    : name;
}

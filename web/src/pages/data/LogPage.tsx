// One log: its versions, what they hold, and what can be done with them.
export function LogPage() {
  return null;
}

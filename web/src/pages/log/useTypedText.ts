// A field that is searched with: letters show at once, the search follows when the hand rests.
import { useEffect, useRef, useState } from 'react';

const REST_MS = 250;

export function useTypedText(
  value: string,
  onRest: (text: string) => void,
): [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const rest = useRef(onRest);
  rest.current = onRest;
  /** What was handed on: an address that says otherwise was changed elsewhere. */
  const handedOn = useRef(value);
  useEffect(() => {
    if (value === handedOn.current) return;
    handedOn.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === handedOn.current) return;
    const timer = setTimeout(() => {
      handedOn.current = typed;
      rest.current(typed);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}

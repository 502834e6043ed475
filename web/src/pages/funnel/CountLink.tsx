// A number of cases that leads to them; without any there is nothing to lead to.
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import type { Filter } from '../explore/filters';

interface CountLinkProps {
  count: number;
  and: Filter[];
  /** What the cases have in common. */
  name: string;
}

export function CountLink({ count, and, name }: CountLinkProps) {
  const text = useText();
  const format = useFormats();
  const said = format.number(count, 0);
  if (count === 0) return said;
  return (
    <CasesLink and={and} label={text('explore.casesOf', { count, name })}>
      {said}
    </CasesLink>
  );
}

// What a label of an activity means, and what the server must be told when the user changes it.
import type { ActivityMeaning, ImportSettings, KnownActivity } from '../../../../api/types';
import { withoutBlanks } from '../roles';

/** The label keeps its name. */
export const KEPT = '';

/** Whether nothing is done with it unless the user agrees. */
export function isSuggestion({ by }: KnownActivity): boolean {
  return by === 'similar' || by === 'stage';
}

/** What the label is read as: the key of an activity, or its own name. */
export function meaningOf(known: KnownActivity): string {
  return isSuggestion(known) ? KEPT : (known.activity ?? KEPT);
}

export function isSameLabel(
  one: { label: string; pipeline?: string | null | undefined },
  other: { label: string; pipeline?: string | null | undefined },
): boolean {
  return one.label === other.label && (one.pipeline ?? '') === (other.pipeline ?? '');
}

/** The settings after the user has said what labels mean; an empty key keeps the name. */
export function withMeanings(
  settings: ImportSettings,
  chosen: { known: KnownActivity; key: string }[],
): ImportSettings {
  const meanings = chosen.map(({ known: { label, pipeline }, key }): ActivityMeaning => {
    const place = pipeline ? { label, pipeline } : { label };
    return key === KEPT ? place : { ...place, activity: key };
  });
  const others = (settings.activities ?? []).filter(
    (one) => !meanings.some((meaning) => isSameLabel(one, meaning)),
  );
  return withoutBlanks({ ...settings, activities: [...others, ...meanings] });
}

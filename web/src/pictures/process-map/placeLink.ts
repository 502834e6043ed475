// Several pictures on one layout that are moved and enlarged together.
import type { Place } from './place';

/** The view that is kept when the stage changes: the first, one that was asked for, or by hand. */
export type View = 'first' | 'whole' | 'reading' | 'byHand';

type Follower = (place: Place, view: View) => void;

export interface PlaceLink {
  /** Follows the others until the returned function is called. */
  join: (follower: Follower) => () => void;
  /** Says to all others where this one is now. */
  tell: (mover: Follower, place: Place, view: View) => void;
}

export function placeLink(): PlaceLink {
  const followers = new Set<Follower>();
  return {
    join: (follower) => {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    tell: (mover, place, view) => {
      for (const follower of followers) {
        if (follower !== mover) follower(place, view);
      }
    },
  };
}

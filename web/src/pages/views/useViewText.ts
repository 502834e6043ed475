// What a saved view is called and what it holds, in words.
import type { NamedContent } from '../../api/views';
import { chipsOf } from '../../filters/chips';
import { says } from '../../filters/says';
import { useFormats } from '../../format';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import { placeOf } from './state';

interface ViewWords {
  /** The page it shows, or that it is a list of filters. */
  page: string;
  /** Its filters, each in words. */
  filters: string[];
  /** Which version it shows; nothing for a list of filters. */
  version: string | undefined;
}

export function useViewText(): (saved: NamedContent) => ViewWords {
  const text = useText();
  const format = useFormats();
  return (saved) => {
    const state = saved.kind === 'view' ? saved.state : { filters: saved.filters };
    const filters = chipsOf(state)
      .filter(({ isPaused }) => !isPaused)
      .map(({ filter }) => says(filter, text, format));
    if (saved.kind === 'filters') {
      return { page: text('views.kind.filters'), filters, version: undefined };
    }
    const version = saved.state.version;
    return {
      page: text(placeName(saved.page)),
      filters,
      version:
        version === undefined
          ? text('views.version.newest')
          : text('views.version.kept', { number: String(version) }),
    };
  };
}

function placeName(page: string): TextKey {
  return placeOf(page)?.name ?? 'views.page.unknown';
}

// Everything a page needs around it: server state, language, theme, notifications, routes.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { IntlProvider } from 'react-intl';
import { speak } from './api/client';
import type { makeRouter } from './router';
import { plainLanguage, type ScreenLanguage, THEME_KEY, useSettings } from './settings';
import { cssVariables, theme } from './style/theme';
import { needTexts, useCatalogue } from './text/catalogue';

const Notices = lazy(async () => {
  const { Notices } = await import('./shell/Notices');
  return { default: Notices };
});
const colorScheme = localStorageColorSchemeManager({ key: THEME_KEY });

interface AppProps {
  queries: QueryClient;
  router: ReturnType<typeof makeRouter>;
}

export function App({ queries, router }: AppProps) {
  const shown = useTexts(queries);
  const { density } = useSettings();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  if (!shown) return null;
  const language = plainLanguage(shown.language);
  return (
    <QueryClientProvider client={queries}>
      <IntlProvider locale={language} messages={shown.texts} onError={throwIt}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={colorScheme}
          defaultColorScheme="auto"
        >
          <Suspense>
            <Notices />
          </Suspense>
          <RouterProvider router={router} />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>
  );
}

/** The texts that are there; those of the old language stay until all of the new one are. */
function useTexts(queries: QueryClient) {
  const { language: chosen } = useSettings();
  const catalogue = useCatalogue();
  useEffect(() => {
    speak(plainLanguage(chosen));
    void needTexts('shell');
  }, [chosen]);
  const shown = catalogue?.language;
  const before = useRef<ScreenLanguage>(undefined);
  useEffect(() => {
    if (!shown) return;
    document.documentElement.lang = plainLanguage(shown);
    if (before.current && before.current !== shown) void queries.invalidateQueries();
    before.current = shown;
  }, [shown, queries]);
  return catalogue;
}

/** A missing text stops tests and development; a user sees its key instead of nothing. */
function throwIt(error: Error) {
  if (import.meta.env.PROD) return;
  throw error;
}

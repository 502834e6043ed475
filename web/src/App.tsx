// Everything a page needs around it: server state, language, theme, notifications, routes.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { speak } from './api/client';
import type { makeRouter } from './router';
import { plainLanguage, type ScreenLanguage, THEME_KEY, useSettings } from './settings';
import { cssVariables, theme } from './style/theme';
import { type Texts, textsOf } from './text/messages';

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
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>
  );
}

/** The texts of the chosen language; those of the old one stay until they are there. */
function useTexts(queries: QueryClient) {
  const { language } = useSettings();
  const [shown, setShown] = useState<{ language: ScreenLanguage; texts: Texts }>();
  useEffect(() => {
    let isWanted = true;
    speak(plainLanguage(language));
    void textsOf(language).then((texts) => {
      if (!isWanted) return;
      document.documentElement.lang = plainLanguage(language);
      setShown((before) => {
        if (before && before.language !== language) void queries.invalidateQueries();
        return { language, texts };
      });
    });
    return () => {
      isWanted = false;
    };
  }, [language, queries]);
  return shown;
}

/** A missing text stops tests and development; a user sees its key instead of nothing. */
function throwIt(error: Error) {
  if (import.meta.env.PROD) return;
  throw error;
}

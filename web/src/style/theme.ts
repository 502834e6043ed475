// Mantine drawn with our tokens: the components take their colours and sizes from tokens.css.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Blue greys instead of Mantine's neutral ones, from the text to the page. */
const dark: MantineColorsTuple = [
  '#e7eef8',
  '#c6d2e2',
  '#9fb0c6',
  '#7b8da6',
  '#34455d',
  '#243246',
  '#182434',
  '#131d2a',
  '#0f1824',
  '#0b121c',
];

export const theme = createTheme({
  colors: { dark },
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: 'var(--font-text)',
  headings: {
    fontFamily: 'var(--font-text)',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: 'var(--text-24)', lineHeight: '1.25' },
      h2: { fontSize: 'var(--text-19)', lineHeight: '1.3' },
      h3: { fontSize: 'var(--text-15)', lineHeight: '1.35' },
      h4: { fontSize: 'var(--text-14)', lineHeight: '1.4' },
    },
  },
  fontSizes: {
    xs: 'var(--text-12)',
    sm: 'var(--text-13)',
    md: 'var(--text-14)',
    lg: 'var(--text-15)',
    xl: 'var(--text-19)',
  },
  lineHeights: { xs: '1.4', sm: '1.45', md: 'var(--line-height)', lg: '1.5', xl: '1.5' },
  spacing: {
    xs: 'var(--space-2)',
    sm: 'var(--space-3)',
    md: 'var(--space-4)',
    lg: 'var(--space-6)',
    xl: 'var(--space-8)',
  },
  radius: { sm: '6px', md: 'var(--radius)', lg: 'var(--radius-card)' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // Small ones are low, not too small to be read.
    Badge: {
      defaultProps: { tt: 'none', fw: 600 },
      vars: () => ({ root: { '--badge-fz': '0.6875rem' } }),
    },
    Tooltip: { defaultProps: { openDelay: 120, withArrow: true } },
    // The placeholder has a role that a menu may not contain; the first item takes the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true, radius: 'lg' } },
    // The head of a dialog is not the head of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    Stepper: { defaultProps: { size: 'sm' } },
  },
});

const own = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-hover': 'var(--surface-raised)',
  '--mantine-color-anchor': 'var(--accent-ink)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-orange-light': 'var(--bad-soft)',
  '--mantine-color-orange-light-color': 'var(--bad)',
  '--mantine-color-blue-light': 'var(--accent-soft)',
  '--mantine-color-blue-light-color': 'var(--accent-ink)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: own, dark: own });

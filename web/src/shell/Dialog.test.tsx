import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { IntlProvider } from 'react-intl';
import { expect, test } from 'vitest';
import { theme } from '../style/theme';
import shell from '../text/en/shell.json';
import { Dialog } from './Dialog';

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <MantineProvider theme={theme} env="test">
      <IntlProvider locale="en" messages={shell}>
        <button type="button" onClick={() => setOpen(true)}>
          Change
        </button>
        {isOpen && (
          <Dialog title="A name" onClose={() => setOpen(false)}>
            <input aria-label="Name" data-autofocus />
          </Dialog>
        )}
      </IntlProvider>
    </MantineProvider>
  );
}

test('the focus goes back to what opened a dialog', async () => {
  render(<Page />);
  const button = screen.getByText('Change');
  button.focus();
  fireEvent.click(button);
  const name = await screen.findByLabelText('Name');
  await waitFor(() => expect(document.activeElement).toBe(name));
  fireEvent.keyDown(name, { key: 'Escape' });
  await waitFor(() => expect(document.activeElement).toBe(button));
  expect(screen.queryByLabelText('Name')).toBeNull();
});

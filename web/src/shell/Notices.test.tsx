import { MantineProvider, Menu, Modal } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { afterEach, expect, test } from 'vitest';
import shell from '../text/en/shell.json';
import { Notices } from './Notices';

afterEach(() => notifications.clean());

async function withTwoNotices(page: ReactNode = null): Promise<void> {
  render(
    <IntlProvider locale="en" messages={shell}>
      <MantineProvider env="test">
        {page}
        <Notices />
      </MantineProvider>
    </IntlProvider>,
  );
  notifications.show({ message: 'Older', autoClose: false });
  notifications.show({ message: 'Newer', autoClose: false });
  await screen.findByText('Newer');
}

/** What is left after Escape, and after whatever comes of it. */
async function afterEscape(target: Element = document.body): Promise<ReactNode[]> {
  fireEvent.keyDown(target, { key: 'Escape', cancelable: true });
  await new Promise((resolve) => setTimeout(resolve));
  return notificationsStore.getState().notifications.map(({ message }) => message);
}

test('Escape takes the newest notice away, and then the next', async () => {
  await withTwoNotices();
  await screen.findAllByRole('button', { name: shell['action.close'] });
  expect(await afterEscape()).toEqual(['Older']);
  expect(await afterEscape()).toEqual([]);
});

test('Escape that closes something of the page takes no notice away', async () => {
  await withTwoNotices();
  const close = (event: Event) => event.preventDefault();
  window.addEventListener('keydown', close);
  expect(await afterEscape()).toEqual(['Older', 'Newer']);
  window.removeEventListener('keydown', close);
});

test('Escape that closes a dialog takes no notice away', async () => {
  function Asking() {
    const [isOpen, setIsOpen] = useState(true);
    return (
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Sure?">
        <button type="button">Yes</button>
      </Modal>
    );
  }
  await withTwoNotices(<Asking />);
  expect(await afterEscape(screen.getByText('Yes'))).toEqual(['Older', 'Newer']);
  await waitFor(() => expect(screen.queryByText('Yes')).toBeNull());
  expect(await afterEscape()).toEqual(['Older']);
});

test('Escape that closes a menu takes no notice away', async () => {
  await withTwoNotices(
    <Menu defaultOpened>
      <Menu.Target>
        <button type="button">More</button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item>Delete</Menu.Item>
      </Menu.Dropdown>
    </Menu>,
  );
  expect(await afterEscape(await screen.findByText('Delete'))).toEqual(['Older', 'Newer']);
  await waitFor(() => expect(screen.queryByText('Delete')).toBeNull());
  expect(await afterEscape(screen.getByText('More'))).toEqual(['Older']);
});

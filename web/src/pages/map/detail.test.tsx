import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { shown } from '../explore/testing';
import { Detail } from './Detail';

function detail(auxiliaryCount: number, auxiliary: boolean) {
  const onAuxiliary = vi.fn();
  const slider = { value: 100, least: 0, shown: 3, count: 3 };
  const nothing = () => {};
  shown(
    () => (
      <Detail
        {...{ auxiliaryCount, auxiliary, onAuxiliary }}
        auxiliaryEvents={auxiliaryCount * 20}
        activities={slider}
        paths={slider}
        coverage={1}
        transitions={9}
        drawn={3}
        isAuto
        rare={false}
        direction="TB"
        onActivities={nothing}
        onPathsMove={nothing}
        onPaths={nothing}
        onAuto={nothing}
        onTable={nothing}
        onRare={nothing}
        onDirection={nothing}
        foot={null}
      />
    ),
    {},
  );
  return onAuxiliary;
}

const SWITCH = /auxiliary activities too/i;

test('the switch says what auxiliary activities are, and how many events are left out', async () => {
  const onAuxiliary = detail(5, false);
  const found = await screen.findByRole('switch', { name: SWITCH });
  screen.getByText('Side notes of the log, no steps of the process. 100 events are left out');
  fireEvent.click(found);
  expect(onAuxiliary).toHaveBeenCalledWith(true);
});

test('shown, auxiliary activities are not counted as left out', async () => {
  detail(0, true);
  await screen.findByRole('switch', { name: /^Auxiliary activities too/ });
  expect(screen.queryByText(/left out/)).toBeNull();
});

test('a log without side notes has no such switch', async () => {
  detail(0, false);
  await screen.findByText('Detail');
  expect(screen.queryByRole('switch', { name: SWITCH })).toBeNull();
});

// A small button with a sign and a name, for what can be done with a list.
import { Button } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';

interface ToolButtonProps {
  icon: LucideIcon;
  name: string;
  isBusy?: boolean;
  onClick: () => void;
}

export function ToolButton({ icon: Icon, name, isBusy = false, onClick }: ToolButtonProps) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      loading={isBusy}
      onClick={onClick}
    >
      {name}
    </Button>
  );
}

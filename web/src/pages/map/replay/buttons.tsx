// The buttons of the replay: an icon, its name, and whether it is on.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { type LucideIcon, RotateCw, X } from 'lucide-react';
import { useText } from '../../../text/useText';

interface IconButtonProps {
  name: string;
  Icon: LucideIcon;
  onPress: () => void;
  isFilled?: boolean;
  isDisabled?: boolean;
  isOpen?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const { name, Icon, onPress, isFilled = false, isDisabled = false, isOpen } = props;
  return (
    <Tooltip label={name}>
      <ActionIcon
        variant={isFilled ? 'filled' : 'default'}
        size={isFilled ? 36 : 30}
        radius={isFilled ? 'xl' : 'md'}
        aria-label={name}
        disabled={isDisabled}
        onClick={onPress}
        {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
      >
        <Icon size={isFilled ? 18 : 15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface SwitchButtonProps {
  name: string;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
}

export function SwitchButton({ name, isOn, onSwitch }: SwitchButtonProps) {
  return (
    <Button
      size="compact-xs"
      variant={isOn ? 'light' : 'default'}
      aria-pressed={isOn}
      onClick={() => onSwitch(!isOn)}
    >
      {name}
    </Button>
  );
}

export function CloseButton({ onClose }: { onClose: () => void }) {
  const text = useText();
  return <IconButton name={text('replay.close')} Icon={X} onPress={onClose} />;
}

export function RetryButton({ onRetry }: { onRetry: () => void }) {
  const text = useText();
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<RotateCw size={14} aria-hidden />}
      onClick={onRetry}
    >
      {text('failure.retry')}
    </Button>
  );
}

// Puts the address of something saved into the clipboard; it opens what is saved then.
import { Button, CopyButton } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Check, Link as LinkIcon } from 'lucide-react';
import { useText } from '../../text/useText';
import styles from './Views.module.css';

interface CopyLinkProps {
  log: number;
  id: number;
  /** Of which saved thing, where several stand beside each other. */
  name?: string;
}

export function CopyLink({ log, id, name }: CopyLinkProps) {
  const text = useText();
  const router = useRouter();
  const { href } = router.buildLocation({
    to: '/views/$log/$view',
    params: { log: String(log), view: String(id) },
    search: {},
  });
  return (
    <CopyButton value={new URL(href, location.origin).href}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          justify="flex-start"
          size={name === undefined ? 'compact-md' : 'compact-sm'}
          fullWidth={name === undefined}
          leftSection={
            copied ? <Check size={15} aria-hidden /> : <LinkIcon size={15} aria-hidden />
          }
          aria-label={name && !copied ? text('views.link.of', { name }) : undefined}
          onClick={copy}
        >
          <span aria-live="polite" className={name === undefined ? '' : styles.word}>
            {text(copied ? 'views.link.copied' : 'views.link')}
          </span>
        </Button>
      )}
    </CopyButton>
  );
}

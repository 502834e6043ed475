// Where somebody who has no file yet finds what to fill in.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';

export function TemplatesHint() {
  const text = useText();
  return (
    <p className={panel.note}>
      {text('data.templates.hint')}{' '}
      <Anchor
        inherit
        underline="always"
        renderRoot={(props) => <Link to="/data/templates" {...props} />}
      >
        {text('data.templates.open')}
      </Anchor>
    </p>
  );
}

// One thing that a saved view names and the log does not have: what is to stand in its place.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import type { Schema, Version } from '../../api/types';
import { valueName } from '../../filters/says';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import type { Missing } from './missing';
import styles from './Views.module.css';

interface MendChoiceProps {
  missing: Missing;
  schema: Schema;
  version: Version;
  mend: string | null;
  onMend: (mend: string | null) => void;
}

const VALUES_LISTED = 500;
const OPTIONS_SHOWN = 200;

export function MendChoice({ missing, schema, version, mend, onMend }: MendChoiceProps) {
  const text = useText();
  const options = useOptions(missing, schema, version);
  return (
    <div className={styles.mend}>
      <span className={styles.gone}>{useWords(missing)}</span>
      <Select
        label={text('views.mend.with')}
        placeholder={text('views.mend.drop')}
        data={options}
        value={mend}
        searchable
        clearable
        limit={OPTIONS_SHOWN}
        nothingFoundMessage={text('views.search.none')}
        clearButtonProps={{ 'aria-label': text('views.mend.drop') }}
        onChange={onMend}
      />
    </div>
  );
}

function useWords(missing: Missing): string {
  const text = useText();
  const format = useFormats();
  switch (missing.kind) {
    case 'activity':
    case 'attribute':
      return text(`views.missing.${missing.kind}`, { name: missing.name });
    case 'value':
      return text('views.missing.value', {
        attribute: missing.attribute,
        name: valueName(missing.value, text, format),
      });
  }
}

/** What there is of the same kind. */
function useOptions(missing: Missing, schema: Schema, version: Version): string[] {
  const isValue = missing.kind === 'value';
  const attributes = isValue ? [missing.attribute] : [];
  const params = { attributes, limit: VALUES_LISTED };
  const values = useQuery({
    ...answerQuery(version.id, [], 'attributes', params),
    enabled: isValue,
  });
  switch (missing.kind) {
    case 'activity':
      return schema.activities.map(({ name }) => name);
    case 'attribute': {
      const { level } = missing;
      const fitting = schema.attributes.filter((one) => !level || one.level === level);
      return [...new Set(fitting.map(({ name }) => name))];
    }
    case 'value': {
      const found = values.data?.attributes.find(({ level }) => level === missing.level);
      return (found?.values ?? []).map(({ value }) => String(value));
    }
  }
}

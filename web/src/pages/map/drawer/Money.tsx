// What the values of attributes come to at an activity or on a path, and what its waiting weighs.
import { useQuery } from '@tanstack/react-query';
import type { MapScope } from '../../../api/drawer';
import { type MapActivity, mapQuery } from '../../../api/map';
import { useFormats } from '../../../format';
import type { MapItem, ValueUnit } from '../../../pictures/process-map/graph';
import { VALUE_METRICS } from '../../../pictures/process-map/metricNames';
import { METRICS } from '../../../pictures/process-map/metrics';
import { useText } from '../../../text/useText';
import { CasesLink } from '../../explore/CasesLink';
import type { ValueAttribute } from '../useValueChoice';
import { writer } from '../write';
import { Asked } from './Asked';
import styles from './Drawer.module.css';
import { Section } from './Section';
import { asOnMap, hasItem } from './scope';

interface MoneyProps {
  item: MapItem;
  scope: MapScope;
  attributes: ValueAttribute[];
}

/** The map carries the values of so many attributes. */
const ATTRIBUTES_MAX = 8;

export function Money(props: MoneyProps) {
  const text = useText();
  return (
    <Section id="values" title={text('map.values')}>
      {() => <Content {...props} />}
    </Section>
  );
}

/** One question for the whole map: what is selected next is there already. */
function Content({ item, scope, attributes }: MoneyProps) {
  const text = useText();
  const asked = attributes.slice(0, ATTRIBUTES_MAX);
  const weight = asked.find((one) => one.type !== 'duration');
  const { version, filters, auxiliary, activities } = scope;
  const query = useQuery(
    mapQuery({
      version,
      filters,
      auxiliary,
      ...(activities && { activities }),
      extra: {
        values: asked.map((one) => one.name),
        ...(weight && { weight: weight.name }),
      },
    }),
  );
  return (
    <Asked query={query}>
      {({ map }) => {
        const found =
          item.kind === 'activity'
            ? map.activities.find((one) => one.activity === item.activity)
            : map.paths.find((one) => one.from === item.from && one.to === item.to);
        const known = asked.filter((one) =>
          found?.values?.some(({ attribute, used }) => attribute === one.name && used > 0),
        );
        if (!found || known.length === 0) {
          return <p className={styles.hint}>{text('map.values.none')}</p>;
        }
        return known.map((attribute) => (
          <OfAttribute key={attribute.name} {...{ attribute, found, item, scope }} />
        ));
      }}
    </Asked>
  );
}

type Found = Pick<MapActivity, 'values' | 'weighted' | 'weight_missing'>;

interface OfAttributeProps {
  attribute: ValueAttribute;
  found: Found;
  item: MapItem;
  scope: MapScope;
}

function OfAttribute({ attribute, found, item, scope }: OfAttributeProps) {
  const text = useText();
  const format = useFormats();
  const { name, type } = attribute;
  const values = found.values?.find((one) => one.attribute === name);
  if (!values) return null;
  const used = { attribute: name, used: values.used, eligible: values.eligible };
  const isOfCases = values.level === 'case';
  const isThere = { kind: 'attribute_not_in', attribute: name, level: 'case', values: [null] };
  return (
    <>
      <h4 className={styles.group}>
        {name}
        <span> · </span>
        {isOfCases ? (
          <CasesLink and={[...asOnMap(hasItem(item, scope), scope), isThere]}>
            {text('map.values.used', used)}
          </CasesLink>
        ) : (
          <span>{text('map.values.usedEvents', used)}</span>
        )}
      </h4>
      {values.figures.map(({ currency = null }) => {
        const unit: ValueUnit = { attribute: name, type, currency };
        const write = writer(format, text, unit);
        const graph = { cases: 0, activities: [], paths: [], starts: [], ends: [], value: unit };
        return (
          <table
            key={currency ?? ''}
            className={styles.money}
            aria-label={currency ? text('map.values.currency', { name, currency }) : name}
          >
            {currency && <caption>{currency}</caption>}
            <tbody>
              {VALUE_METRICS.map((metric) => {
                const { ofActivity, unit } = METRICS[metric];
                const value = ofActivity(found as MapActivity, graph);
                return (
                  value !== null && (
                    <tr key={metric}>
                      <th scope="row">{text(`map.metric.${metric}`)}</th>
                      <td>{write(value, unit)}</td>
                    </tr>
                  )
                );
              })}
            </tbody>
          </table>
        );
      })}
    </>
  );
}

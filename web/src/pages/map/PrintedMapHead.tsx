// What was looked at, above the map on paper; the filters stand in their bar.
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { captionLines } from '../log/caption';
import { PrintedHead } from '../log/PrintedHead';
import { type MapCaptionOf, mapCaption } from './caption';

export function PrintedMapHead(of: MapCaptionOf) {
  const text = useText();
  const format = useFormats(of.data.whole?.timeZone);
  const [first = ''] = captionLines(mapCaption(of, text, format), { text, format, says: null });
  return <PrintedHead lines={[first]} />;
}

// How does a story read the replay on the map: its bar, its dots, and where they ought to be?

/** The address of a replay with these words. */
export function replayAt(words = {}) {
  return `?replay=${encodeURIComponent(JSON.stringify(words))}`;
}

/** What the address says about the replay. */
export function replayIn(page) {
  const said = new URL(page.url()).searchParams.get('replay');
  return said === null ? null : JSON.parse(said);
}

export function replayBar(page, text) {
  return page.getByRole('region', { name: text('replay.title'), exact: true });
}

export function replaySlider(page, text) {
  return replayBar(page, text).getByRole('slider');
}

/** Waits until the movements are there and drawn. */
export async function replayDrawn(page, text) {
  await replaySlider(page, text).waitFor();
  await page.locator('canvas[data-tokens]').waitFor();
  await stillFrames(page);
}

/** A few frames later. */
export function stillFrames(page) {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** Where the dots are that a plain canvas shows: the middle of each patch; and points by colour. */
export function dots(page) {
  return page.locator('canvas[data-tokens="canvas"]').evaluate((canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    return { width, height, ...globalThis.patchesOf(data, width, height) };
  });
}

/** Gives pages what finds patches of paint among points, row by row from the top. */
export function readDots(page) {
  return page.addInitScript(() => {
    globalThis.patchesOf = (data, width, height) => {
      const seen = new Uint8Array(width * height);
      const patches = [];
      for (let at = 0; at < seen.length; at += 1) {
        if (seen[at] || data[4 * at + 3] < 40) continue;
        const open = [at];
        seen[at] = 1;
        let [count, x, y] = [0, 0, 0];
        while (open.length > 0) {
          const one = open.pop();
          const [column, row] = [one % width, Math.floor(one / width)];
          [count, x, y] = [count + 1, x + column + 0.5, y + row + 0.5];
          for (const next of [one - 1, one + 1, one - width, one + width]) {
            const isBeside = Math.abs((next % width) - column) <= 1;
            if (next < 0 || next >= seen.length || !isBeside) continue;
            if (seen[next] || data[4 * next + 3] < 40) continue;
            seen[next] = 1;
            open.push(next);
          }
        }
        patches.push({ x: x / count, y: y / count, count });
      }
      const colours = {};
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue;
        const colour = [data[at], data[at + 1], data[at + 2]].join();
        colours[colour] = (colours[colour] ?? 0) + 1;
      }
      return { patches, colours };
    };
  });
}

/**
 * Makes pages take the processor for a graphics card, as there is none here, and keep what it draws
 * to be looked at.
 */
export function withGraphicsCard(page) {
  return page.addInitScript(() => {
    const [RENDERER, UNMASKED] = [0x1f01, 0x9246];
    const { prototype } = WebGL2RenderingContext;
    const { getParameter, drawArraysInstanced } = prototype;
    prototype.getParameter = function (name) {
      return name === RENDERER || name === UNMASKED ? 'a card' : getParameter.call(this, name);
    };
    prototype.drawArraysInstanced = function (...call) {
      drawArraysInstanced.apply(this, call);
      const { width, height } = this.canvas;
      const bottomUp = new Uint8Array(4 * width * height);
      this.readPixels(0, 0, width, height, this.RGBA, this.UNSIGNED_BYTE, bottomUp);
      const data = new Uint8Array(bottomUp.length);
      for (let row = 0; row < height; row += 1) {
        const line = bottomUp.subarray(4 * width * row, 4 * width * (row + 1));
        data.set(line, 4 * width * (height - 1 - row));
      }
      globalThis.cardDrew = { width, height, ...globalThis.patchesOf(data, width, height) };
    };
  });
}

/** A place on the way of a straight path, from 0 to 1 of its length, on the stage. */
export function placeOnPath(page, from, to, share) {
  return page.evaluate(
    ({ id, share }) => {
      const arrow = [...document.querySelectorAll('[data-arrow]')].find(
        (one) => one.dataset.arrow === id,
      );
      const [path, head] = arrow.querySelectorAll('path');
      const [start, tip] = [path.getPointAtLength(0), head.getPointAtLength(0)];
      const [x, y] = [start.x + share * (tip.x - start.x), start.y + share * (tip.y - start.y)];
      const stage = arrow.ownerSVGElement.getBoundingClientRect();
      const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
      return { x: at.x - stage.left, y: at.y - stage.top };
    },
    { id: `${from}\u0001${to}`, share },
  );
}

/** Cases under way at an instant, from the columns of an answer. */
export function underWayAt({ origin, tick_s, ...columns }, instant) {
  const now = (Date.parse(instant) - Date.parse(origin)) / 1000;
  let [start, event, movement, count] = [0, 0, 0, 0];
  for (const [one, ticks] of columns.start_ticks.entries()) {
    start += ticks * tick_s;
    let end = start;
    for (let step = 0; step < columns.case_movements[one]; step += 1, movement += 1) {
      end += columns.wait_ticks[movement] * tick_s;
    }
    for (let step = 0; step <= columns.case_movements[one]; step += 1, event += 1) {
      end += (columns.stay_ticks[event] ?? 0) * tick_s;
    }
    if (start <= now && now <= end) count += 1;
  }
  return count;
}

// Tokens on a graphics card: all records are there once, and one call draws a frame from the time.
//
// Each record is a point; the parts of its tail are instances. What is not there at the time is put
// outside the picture. The sums are those of `where.ts`.
import { NUMBERS, type Records } from './records';
import { type Frame, type Renderer, rgbOf, TAIL_PARTS, tokenSize } from './renderer';
import { SAMPLES, type Ways } from './ways';

/** Values, those that are not told apart, and missing ones. */
const COLOURS_MAX = 16;
/** Ways stand beside each other in the texture, as browsers allow 2,048 points in a line at least. */
const WAYS_PER_LINE = 42;
const BYTES_PER_NUMBER = 4;

const VERTEX = `#version 300 es
precision highp float;
precision highp sampler2D;
in vec2 aTimes;
in vec2 aStart;
in vec3 aLook;
uniform sampler2D uWays;
uniform vec2 uTime;
uniform float uTogether;
uniform float uTail;
uniform int uParts;
uniform vec3 uPlace;
uniform vec2 uStage;
uniform float uSize;
uniform float uStaysFrom;
uniform vec3 uColours[${COLOURS_MAX}];
out vec4 vColour;
out float vIsToken;

vec4 sampleOf(int row, int at) {
  return texelFetch(uWays, ivec2((row % ${WAYS_PER_LINE}) * ${SAMPLES} + at, row / ${WAYS_PER_LINE}), 0);
}

void main() {
  int part = uParts - 1 - gl_InstanceID;
  float ago = uTail * float(part) / float(${TAIL_PARTS});
  vec2 start = aStart * (1.0 - uTogether);
  float now = (uTime.x - start.x) + (uTime.y - start.y);
  float then = now - ago;
  bool isStay = uStaysFrom <= aLook.x;
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
  vColour = vec4(0.0);
  vIsToken = 0.0;
  if (!(aTimes.x <= then && now < aTimes.y) || (isStay && part > 0)) return;
  float share = isStay ? (aLook.z + 1.0) / 2.0 : (then - aTimes.x) / (aTimes.y - aTimes.x);
  float place = share * float(${SAMPLES - 1});
  int first = int(clamp(floor(place), 0.0, float(${SAMPLES - 2})));
  vec4 from = sampleOf(int(aLook.x), first);
  vec4 to = sampleOf(int(aLook.x), first + 1);
  if (from.w <= 0.0) return;
  vec2 way = to.xy - from.xy;
  float len = length(way);
  vec2 aside = len > 0.0 ? vec2(-way.y, way.x) * (aLook.z * from.z / len) : vec2(0.0);
  vec2 spot = (from.xy + way * (place - float(first)) + aside) * uPlace.x + uPlace.yz;
  gl_Position = vec4(spot.x / uStage.x * 2.0 - 1.0, 1.0 - spot.y / uStage.y * 2.0, 0.0, 1.0);
  float rest = 1.0 - float(part) / float(${TAIL_PARTS});
  gl_PointSize = part == 0 ? uSize * 1.3 : uSize * (0.35 + 0.65 * rest);
  vIsToken = part == 0 ? 1.0 : 0.0;
  vColour = vec4(uColours[int(aLook.y)], from.w * (part == 0 ? 1.0 : 0.55 * rest));
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 vColour;
in float vIsToken;
uniform vec3 uRim;
out vec4 colour;

void main() {
  float away = length(gl_PointCoord - 0.5) * 2.0;
  float rim = 0.6 * vIsToken * smoothstep(0.62, 0.8, away);
  float strength = vColour.a * (1.0 - smoothstep(0.82, 1.0, away));
  colour = vec4(mix(vColour.rgb, uRim, rim) * strength, strength);
}`;

/** Whether a graphics card does the drawing, or the processor in its place. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** `null` where there is no graphics card, or no WebGL 2. */
export function webglRenderer(canvas: HTMLCanvasElement, records: Records): Renderer | null {
  const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true });
  if (!gl || isSoftware(gl)) return null;
  const program = programOf(gl);
  if (!program) return null;
  const points = gl.createBuffer();
  const layout = gl.createVertexArray();
  const texture = gl.createTexture();
  gl.bindVertexArray(layout);
  gl.bindBuffer(gl.ARRAY_BUFFER, points);
  gl.bufferData(gl.ARRAY_BUFFER, records.data, gl.STATIC_DRAW);
  attribute('aTimes', 2, 0);
  attribute('aStart', 2, 2);
  attribute('aLook', 3, 4);
  const at = (name: string) => gl.getUniformLocation(program, name);
  const uniforms = {
    time: at('uTime'),
    together: at('uTogether'),
    tail: at('uTail'),
    parts: at('uParts'),
    place: at('uPlace'),
    stage: at('uStage'),
    size: at('uSize'),
    staysFrom: at('uStaysFrom'),
    colours: at('uColours'),
    rim: at('uRim'),
  };
  // biome-ignore lint/correctness/useHookAtTopLevel: this is no hook
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  let hasWays = false;
  return {
    kind: 'webgl',
    setWays: (ways) => {
      hasWays = upload(gl, texture, ways);
      gl.uniform1f(uniforms.staysFrom, ways.staysFrom);
    },
    draw: (frame) => {
      prepare(frame);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const parts = frame.tail_s > 0 ? TAIL_PARTS : 1;
      gl.uniform1i(uniforms.parts, parts);
      if (hasWays) gl.drawArraysInstanced(gl.POINTS, 0, records.count, parts);
      return 0;
    },
    free: () => {
      gl.deleteBuffer(points);
      gl.deleteVertexArray(layout);
      gl.deleteTexture(texture);
      gl.deleteProgram(program);
    },
  };

  function attribute(name: string, count: number, first: number): void {
    if (!gl || !program) return;
    const place = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(place);
    const [stride, offset] = [NUMBERS * BYTES_PER_NUMBER, first * BYTES_PER_NUMBER];
    gl.vertexAttribPointer(place, count, gl.FLOAT, false, stride, offset);
  }

  function prepare({ time_s, isTogether, tail_s, place, stage, density, ...look }: Frame): void {
    if (!gl) return;
    const [width, height] = [stage.width * density, stage.height * density].map(Math.round);
    if (canvas.width !== width) canvas.width = width ?? 0;
    if (canvas.height !== height) canvas.height = height ?? 0;
    gl.viewport(0, 0, canvas.width, canvas.height);
    const time = Math.fround(time_s);
    gl.uniform2f(uniforms.time, time, time_s - time);
    gl.uniform1f(uniforms.together, isTogether ? 1 : 0);
    gl.uniform1f(uniforms.tail, tail_s);
    gl.uniform3f(uniforms.place, place.k, place.x, place.y);
    gl.uniform2f(uniforms.stage, stage.width, stage.height);
    gl.uniform1f(uniforms.size, tokenSize(place) * density);
    const colours = new Float32Array(3 * COLOURS_MAX);
    for (const [idx, colour] of look.colours.slice(0, COLOURS_MAX).entries()) {
      colours.set(rgbOf(colour), 3 * idx);
    }
    gl.uniform3fv(uniforms.colours, colours);
    gl.uniform3f(uniforms.rim, ...rgbOf(look.rim));
  }
}

function upload(gl: WebGL2RenderingContext, texture: WebGLTexture | null, ways: Ways): boolean {
  const height = Math.ceil(ways.rows / WAYS_PER_LINE);
  const most = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE));
  if (ways.rows === 0 || height > most) return false;
  const width = WAYS_PER_LINE * SAMPLES;
  const data = new Float32Array(width * height * 4);
  data.set(ways.data);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, width, height, 0, gl.RGBA, gl.FLOAT, data);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  }
  return true;
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

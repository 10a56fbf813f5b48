import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { failureOf, RunSetup } from './n8n';
import { byId, stage } from './sandbox';
import type { Stage } from './sandbox';

export const engines = ['WEBJS', 'NOWEB', 'GOWS'] as const;

/** Groups of the sample, see `sandbox/waha/sample.ts`. */
export const team = '120363400000000001@g.us';
export const neighbours = '120363400000000002@g.us';
export const bookClub = '447700900100-1600000000@g.us';

type Run = (
	key: string,
	parameters?: INodeParameters,
	more?: Partial<RunSetup>,
) => Promise<IDataObject[]>;
type Fail = (
	key: string,
	parameters?: INodeParameters,
	more?: Partial<RunSetup>,
) => ReturnType<typeof failureOf>;

export interface WahaStage extends Pick<Stage, 'seen' | 'control' | 'runItems'> {
	/** Both act as the session `default`, unless told. */
	run: Run;
	fail: Fail;
	/** A group as parameter, with others. */
	on: (group: string, more?: INodeParameters) => INodeParameters;
	/** Calls the sandbox's control of the server. */
	server: (path: string, body: unknown) => Promise<unknown>;
	/** The next answer, whatever is asked. */
	answer: (status: number, body: unknown, more?: object) => Promise<unknown>;
	/** `METHOD path` below the session, decoded. */
	calls: () => Promise<string[]>;
}

/** A stage with one of WAHA's engines. */
export function wahaStage(engine: (typeof engines)[number]): WahaStage {
	const { run, fail, runItems, seen, control } = stage('waha', engine);
	const base = `/${engine.toLowerCase()}`;
	const session = byId('default');
	return {
		seen,
		control,
		runItems,
		run: async (key, parameters = {}, more = {}) =>
			await run(key, { session, ...parameters }, more),
		fail: async (key, parameters = {}, more = {}) =>
			await fail(key, { session, ...parameters }, more),
		on: (group, more = {}) => ({ group: byId(group), ...more }),
		server: async (path, body) => await control('post', `/waha${base}${path}`, body),
		answer: async (status, body, more = {}) =>
			await control('post', '/faults', { provider: 'waha', kind: 'answer', status, body, ...more }),
		calls: async () =>
			(await seen()).map(({ method, path }) =>
				`${method} ${decodeURIComponent(path)}`
					.replace(`${base}/api/default`, '')
					.replace(base, ''),
			),
	};
}

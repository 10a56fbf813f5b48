import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/**
 * WEBJS reports statuses only with `config.webjs.tagsEventsOn`, which is off by default. What was there
 * before stands in a header of each webhook that needed it, so that the last of them to go puts it back,
 * whichever workflow it belongs to.
 */
const header = 'X-Tags-Events-Before';
const values: ReadonlyMap<unknown, string> = new Map([
	[undefined, 'unset'],
	[null, 'null'],
	[false, 'false'],
]);

/** Turns them on; writes into the webhook what was there before. */
export function turnTagsOn(config: Json, webhook: Json, replaced: readonly Json[]): Json {
	const { tagsEventsOn, ...webjs } = asRecord(config.webjs);
	const noted = [...replaced, ...asList(config.webhooks).map(asRecord)].map(noteOf);
	const before =
		noted.find((note) => note !== undefined) ??
		(config.webjs === undefined ? 'absent' : values.get(tagsEventsOn));
	if (before !== undefined) webhook.customHeaders = [{ name: header, value: before }];
	return { ...config, webjs: { ...webjs, tagsEventsOn: true } };
}

/** Puts back what was there before, once no webhook that is left needs it. */
export function putTagsBack(config: Json, removed: readonly Json[]): Json {
	const before = removed.map(noteOf).find((note) => note !== undefined);
	const isNeeded = asList(config.webhooks).some((webhook) => noteOf(asRecord(webhook)));
	if (before === undefined || isNeeded) return config;
	const { webjs: all, ...rest } = config;
	const webjs = { ...asRecord(all) };
	delete webjs.tagsEventsOn;
	if (before === 'absent' && Object.keys(webjs).length === 0) return rest;
	const [value] = [...values].find(([, text]) => text === before) ?? [];
	return { ...rest, webjs: value === undefined ? webjs : { ...webjs, tagsEventsOn: value } };
}

function noteOf({ customHeaders }: Json): string | undefined {
	const note = asList(customHeaders)
		.map(asRecord)
		.find(({ name }) => name === header);
	return asText(note?.value) ?? undefined;
}

import type { IBinaryData, IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import type { GroupEvent, MediaReference } from '../model';
import type { Api } from '../transport/api';
import { asNumber, asText } from '../transport/json';
import { fileNameFor } from '../values/fileName';
import { megabyte } from '../values/size';
import { lookUpApi, timeUp } from './lookUpApi';

/** What a delivery may take with its files, since 360dialog gives it up after 5 s (providers.md §2.6). */
const patienceMs = 4000;
/** Files have so much of it at least, however long names and numbers were looked up before. */
const leastMs = 1000;

/** As the editor has them. */
const defaults = { field: 'data', megabytes: 16 };

/** The name of the field that holds the file of an event. */
export function fileField({ binaryPropertyName }: IDataObject): string {
	return asText(binaryPropertyName)?.trim() || defaults.field;
}

/**
 * The files of the events, side by side. One that cannot be had in time, or is too large, costs its
 * event nothing: the reason then stands in the media of the message.
 */
export async function downloadFiles(
	context: IWebhookFunctions,
	provider: Provider,
	events: readonly GroupEvent[],
	{ maxFileSize }: IDataObject,
	startedAt: number,
): Promise<ReadonlyMap<GroupEvent, IBinaryData>> {
	const files = new Map<GroupEvent, IBinaryData>();
	const megabytes = asNumber(maxFileSize) ?? 0;
	const maxBytes = Math.floor((megabytes > 0 ? megabytes : defaults.megabytes) * megabyte);
	const leftMs = Math.max(leastMs, startedAt + patienceMs - Date.now());
	const signal = AbortSignal.timeout(leftMs);
	const tooLate = timeUp(signal);
	let opening: Promise<Api> | undefined;

	const fetchFile = async (media: MediaReference): Promise<IBinaryData> => {
		const getMedia = provider.operations['message.getMedia'];
		if (!getMedia) throw new Error(provider.unsupported['message.getMedia']);
		opening ??= lookUpApi(context, provider, signal);
		const { data, mimeType, fileName } = await getMedia.run(await opening, { media, maxBytes });
		// What would come too late is not stored: nobody would delete it.
		signal.throwIfAborted();
		const name = fileNameFor(fileName, mimeType);
		return await context.helpers.prepareBinaryData(data, name, mimeType ?? undefined);
	};

	await Promise.all(
		events.map(async (event) => {
			const media = event.event === 'message.received' ? event.message?.media : null;
			if (!media) return;
			const file = await Promise.race([fetchFile(media), tooLate]).catch((error: unknown) =>
				signal.aborted ? null : reasonOf(error),
			);
			if (file !== null && typeof file === 'object') {
				files.set(event, file);
				return;
			}
			media.error =
				file ??
				'The file did not arrive in time, since n8n has to answer the provider within seconds. Message: Get Media may still have it.';
			context.logger.warn('WhatsApp Groups Trigger could not download a file', {
				reason: media.error,
				deliveryId: event.deliveryId,
			});
		}),
	);
	return files;
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { message, description } = error as Error & { description?: string | null };
	return description ? `${message}. ${description}` : message;
}

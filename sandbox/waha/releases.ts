/** What the releases of WAHA differ in (providers.md §3.4, first lines and ">=" notes). */

/** The release that the sandbox plays unless told otherwise: the newest one documented. */
export const DEFAULT_RELEASE = '2026.8.2';

/** What "older" stands for: the release whose source was read (providers.md §3.0, H3). */
export const OLDER_RELEASE = '2025.12.3';

export const isRelease = (value: string): boolean => /^\d{4}\.\d{1,2}\.\d{1,2}$/.test(value);

export function isAtLeast(release: string, wanted: string): boolean {
	const parts = (text: string) => text.split('.').map(Number);
	const [have, want] = [parts(release), parts(wanted)];
	const first = have.findIndex((part, index) => part !== want[index]);
	return first === -1 || have[first] > want[first];
}

/** Whether deliveries name the engine at their top; it always stands in `environment` (providers.md §3.11). */
export function namesEngine(release: string, engine: string): boolean {
	if (!isAtLeast(release, '2026.1.1')) return false;
	return engine !== 'GOWS' || isAtLeast(release, '2026.1.5');
}

export interface ReleaseFeatures {
	/** Older releases answered 201 to every POST; from 2026.7.1 only what creates something does. */
	readonly everyPostIs201: boolean;
	readonly groupsRefresh: boolean;
	readonly joinByLink: boolean;
	readonly excludeParticipants: boolean;
	readonly groupsCount: boolean;
	readonly lids: boolean;
	readonly participantsV2: boolean;
	/** GOWS refuses an empty subject or description by itself (providers.md §3.12). */
	readonly gowsWantsText: boolean;
	readonly memberAddMode: boolean;
	readonly membershipApproval: boolean;
	readonly joinRequests: boolean;
}

export function featuresOf(release: string): ReleaseFeatures {
	return {
		everyPostIs201: !isAtLeast(release, '2026.7.1'),
		groupsRefresh: isAtLeast(release, '2024.12.3'),
		joinByLink: isAtLeast(release, '2024.12.4'),
		excludeParticipants: isAtLeast(release, '2025.2.7'),
		groupsCount: isAtLeast(release, '2025.3.1'),
		lids: isAtLeast(release, '2025.5.4'),
		gowsWantsText: isAtLeast(release, '2026.7.2'),
		participantsV2: isAtLeast(release, '2025.11.1'),
		memberAddMode: isAtLeast(release, '2026.7.2'),
		membershipApproval: isAtLeast(release, '2026.8.2'),
		joinRequests: isAtLeast(release, '2026.8.2'),
	};
}

import type { FileHost } from '../fileHost';
import { Happenings } from '../shared/happenings';
import { Groups } from './groups';
import type { WahaHappening } from './happenings';
import { MediaStore } from './mediaStore';
import { Messages } from './messages';
import type { EngineName, Picture } from './model';
import { People } from './people';
import { DEFAULT_RELEASE, featuresOf, type ReleaseFeatures } from './releases';
import { placeSample } from './sample';
import { Sessions } from './sessions';

/** A failure that was asked for: the next call of this sort fails. */
export interface ForcedFailure {
	on: 'create' | 'join' | 'send';
	message: string;
}

/** One WAHA server with one engine and all that it knows. */
export class WahaServer {
	readonly happenings = new Happenings<WahaHappening>();
	readonly people = new People();
	readonly sessions = new Sessions(this.happenings);
	readonly groups = new Groups(this.people, this.happenings);
	readonly messages = new Messages(this.people, this.groups, this.happenings);
	readonly media = new MediaStore();
	release = DEFAULT_RELEASE;
	/** Off: a server that was started without a key and lets everybody in. */
	keyRequired = true;
	/** Off: NOWEB without its store, which looks up no lids. */
	storeEnabled = true;
	forcedFailures: ForcedFailure[] = [];
	private picturePaths: string[] = [];

	/** @param files stands for WhatsApp's own picture servers, which want no key */
	constructor(
		readonly engine: EngineName,
		readonly apiKey: string,
		readonly files: FileHost,
	) {
		placeSample(this);
	}

	get features(): ReleaseFeatures {
		return featuresOf(this.release);
	}

	/** Back to the sample; listeners stay. */
	reset(): void {
		this.sessions.clear();
		this.groups.clear();
		this.messages.clear();
		this.media.clear();
		this.people.clear();
		for (const path of this.picturePaths) this.files.unpublish(path);
		this.picturePaths = [];
		this.release = DEFAULT_RELEASE;
		this.keyRequired = true;
		this.storeEnabled = true;
		this.forcedFailures = [];
		placeSample(this);
	}

	/** Pictures stay up even when a group has another by now, as links of WhatsApp do. */
	publishPicture(bytes: Buffer, mimeType: string): Picture {
		const fileName = `picture.${mimeType.split('/')[1]}`;
		const path = this.files.publish({ bytes, mimeType, fileName });
		this.picturePaths.push(path);
		return { path, mimeType };
	}

	/** The message of a failure asked for, once. */
	takeForcedFailure(on: ForcedFailure['on']): string | null {
		const index = this.forcedFailures.findIndex((failure) => failure.on === on);
		return index === -1 ? null : this.forcedFailures.splice(index, 1)[0].message;
	}
}

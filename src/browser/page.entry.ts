import { tellTappedBricks } from './brick-tap.ts'
import { nameForms } from './form-id.ts'
import { followProgress } from './live-progress.ts'
import { lookAgain } from './look-again.ts'
import { enliveSteppers } from './number-stepper.ts'
import { enliveShareButtons } from './share-buttons.ts'

// Each of these improves a page that is whole without it.
nameForms(document)
followProgress(document)
tellTappedBricks(document)
enliveSteppers(document)
enliveShareButtons(document)
lookAgain(document)

"""Client of RTDA: train medical image classifiers robustly, and read how robust they are.

Begin with :class:`rtda.Client`.
"""

from rtda import events, stats
from rtda._document import Document
from rtda._retries import Retries, Timeouts
from rtda._version import __version__
from rtda.client import Client
from rtda.comparison import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, TEST_COLUMNS, ComparedGroup, Comparison
from rtda.documents import (
    AttackSettings,
    AugMixSettings,
    Condition,
    Dataset,
    Evaluation,
    EvaluationProgress,
    EvaluationSettings,
    Experiment,
    ExperimentSpec,
    Figure,
    Gate,
    InputNormalization,
    ObjectRef,
    OptimizerSettings,
    PreAugmentation,
    Progress,
    SelectionSettings,
    Split,
    Status,
    WarmupSettings,
)
from rtda.errors import (
    AnswerError,
    AuthenticationError,
    ConflictError,
    GatewayUnavailableError,
    InvalidValueError,
    NotDescribedError,
    NotFoundError,
    NotShownYetError,
    ProblemError,
    RtdaError,
)
from rtda.files import ModelFile, Predictions, Report
from rtda.tables import HEALTHY_CLASS_ASSUMED, RESULT_COLUMNS, SUBGROUP_COLUMNS

__all__ = [
    "DIFFERENCE_COLUMNS",
    "FIGURE_COLUMNS",
    "HEALTHY_CLASS_ASSUMED",
    "RESULT_COLUMNS",
    "SUBGROUP_COLUMNS",
    "TEST_COLUMNS",
    "AnswerError",
    "AttackSettings",
    "AugMixSettings",
    "AuthenticationError",
    "Client",
    "ComparedGroup",
    "Comparison",
    "Condition",
    "ConflictError",
    "Dataset",
    "Document",
    "Evaluation",
    "EvaluationProgress",
    "EvaluationSettings",
    "Experiment",
    "ExperimentSpec",
    "Figure",
    "Gate",
    "GatewayUnavailableError",
    "InputNormalization",
    "InvalidValueError",
    "ModelFile",
    "NotDescribedError",
    "NotFoundError",
    "NotShownYetError",
    "ObjectRef",
    "OptimizerSettings",
    "PreAugmentation",
    "Predictions",
    "ProblemError",
    "Progress",
    "Report",
    "Retries",
    "RtdaError",
    "SelectionSettings",
    "Split",
    "Status",
    "Timeouts",
    "WarmupSettings",
    "__version__",
    "events",
    "stats",
]

#pragma once

#include "core/run/run_directory.h"

namespace embellie {

/// RUN/predict.json: settings of the task (a threshold), as text by key, that the run's user wants for all
/// its later predictions, over those that it was trained with. Written by window and command line, never by
/// the trainer; createPrediction() puts them into each request that does not say otherwise. Empty where there
/// are none. @throws Error where it can't be read
std::map<std::string, std::string> readPredictSettings(const std::filesystem::path& run);
/// None removes the file. @throws Error
void writePredictSettings(const std::filesystem::path& run,
                          const std::map<std::string, std::string>& settings);

/// The request with the run's own settings where it names none. @throws Error
PredictionRequest withPredictSettings(const std::filesystem::path& run, PredictionRequest request);

} // namespace embellie

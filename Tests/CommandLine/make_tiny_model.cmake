# Trains a model that has learnt nearly nothing, through the program itself, for tests that need
# one: cmake -DMAKE_MUSIC=... -DORGANUM=... -DFOLDER=... -P make_tiny_model.cmake
file(REMOVE_RECURSE "${FOLDER}/music" "${FOLDER}/run")
execute_process(COMMAND "${MAKE_MUSIC}" "${FOLDER}/music" COMMAND_ERROR_IS_FATAL ANY)
execute_process(
    COMMAND "${ORGANUM}" train attention-lstm --recipe book --data "${FOLDER}/music"
            --run "${FOLDER}/run" --epochs 1 --seed 1 --device cpu --name "Tiny tunes"
    COMMAND_ERROR_IS_FATAL ANY)
file(MAKE_DIRECTORY "${FOLDER}/models")
file(COPY_FILE "${FOLDER}/run/model.organum" "${FOLDER}/models/tiny.organum")

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>class</name>
    <message>
        <source>none</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>rain</source>
        <translation>pluie</translation>
    </message>
    <message>
        <source>convective</source>
        <translation>convectif</translation>
    </message>
    <message>
        <source>ground clutter</source>
        <translation>échos de sol</translation>
    </message>
    <message>
        <source>sea clutter</source>
        <translation>échos de mer</translation>
    </message>
    <message>
        <source>clear air</source>
        <translation>air clair</translation>
    </message>
    <message>
        <source>clear air, insects</source>
        <translation>air clair, insectes</translation>
    </message>
    <message>
        <source>birds</source>
        <translation>oiseaux</translation>
    </message>
    <message>
        <source>interference</source>
        <translation>interférence</translation>
    </message>
    <message>
        <source>wind park</source>
        <translation>parc éolien</translation>
    </message>
    <message>
        <source>speckle</source>
        <translation>chatoiement</translation>
    </message>
    <message>
        <source>receiver noise</source>
        <translation>bruit du récepteur</translation>
    </message>
    <message>
        <source>cloud-free land</source>
        <translation>terre sans nuages</translation>
    </message>
    <message>
        <source>cloud-free sea</source>
        <translation>mer sans nuages</translation>
    </message>
    <message>
        <source>snow over land</source>
        <translation>neige sur terre</translation>
    </message>
    <message>
        <source>sea ice</source>
        <translation>glace de mer</translation>
    </message>
    <message>
        <source>very low</source>
        <translation>très bas</translation>
    </message>
    <message>
        <source>low</source>
        <translation>bas</translation>
    </message>
    <message>
        <source>mid-level</source>
        <translation>étage moyen</translation>
    </message>
    <message>
        <source>high opaque</source>
        <translation>haut opaque</translation>
    </message>
    <message>
        <source>very high opaque</source>
        <translation>très haut opaque</translation>
    </message>
    <message>
        <source>fractional</source>
        <translation>fractionné</translation>
    </message>
    <message>
        <source>high semitransparent thin</source>
        <translation>haut semi-transparent mince</translation>
    </message>
    <message>
        <source>high semitransparent moderately thick</source>
        <translation>haut semi-transparent d’épaisseur moyenne</translation>
    </message>
    <message>
        <source>high semitransparent thick</source>
        <translation>haut semi-transparent épais</translation>
    </message>
    <message>
        <source>high semitransparent above low or medium</source>
        <translation>haut semi-transparent sur bas ou moyen</translation>
    </message>
    <message>
        <source>high semitransparent above snow or ice</source>
        <translation>haut semi-transparent sur neige ou glace</translation>
    </message>
</context>
<context>
    <name>command</name>
    <message>
        <source>{0} does not know &quot;{1}&quot;</source>
        <translation>{0} ne connaît pas «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
    <message>
        <source>see {0} --help</source>
        <translation>voyez {0} --help</translation>
    </message>
    <message>
        <source>{0} was called wrongly: {1}</source>
        <translation>{0} a été mal appelé&#xa0;: {1}</translation>
    </message>
    <message>
        <source>the output can&apos;t be written</source>
        <translation>la sortie ne peut pas être écrite</translation>
    </message>
    <message>
        <source>check the disk or the program that reads it</source>
        <translation>vérifiez le disque ou le programme qui la lit</translation>
    </message>
    <message>
        <source>stopped as asked</source>
        <translation>arrêté comme demandé</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>il n’y a pas assez de mémoire</translation>
    </message>
    <message>
        <source>read less at once, or use a machine with more</source>
        <translation>lisez-en moins à la fois, ou prenez une machine qui en a plus</translation>
    </message>
    <message>
        <source>Show the GPUs of a machine: memory, load, whose processes</source>
        <translation>Montrer les GPU d’une machine&#xa0;: mémoire, charge, à qui sont les processus</translation>
    </message>
    <message>
        <source>a run of {0} needs a folder here</source>
        <translation>un entraînement de {0} demande ici un dossier</translation>
    </message>
    <message>
        <source>--to FOLDER</source>
        <translation>--to DOSSIER</translation>
    </message>
    <message>
        <source>this run is here: there is nothing to bring</source>
        <translation>cet entraînement est ici&#xa0;: il n’y a rien à rapporter</translation>
    </message>
    <message>
        <source>Bring a distant run&apos;s weights, samples or results to this machine</source>
        <translation>Rapporter sur cette machine les poids, échantillons ou résultats d’un entraînement distant</translation>
    </message>
    <message>
        <source>Show what a run does until it ends; stopping this command leaves it alone</source>
        <translation>Montrer ce que fait un entraînement jusqu’à sa fin&#x202f;; arrêter cette commande ne le touche pas</translation>
    </message>
    <message>
        <source>job {0}: {1}</source>
        <translation>travail {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>the line is there again</source>
        <translation>la liaison est rétablie</translation>
    </message>
    <message>
        <source>the line: {0}</source>
        <translation>la liaison&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the queue can&apos;t be read now and is asked again later: {0}</source>
        <translation>la file d’attente ne peut pas être lue maintenant et sera relue plus tard&#xa0;: {0}</translation>
    </message>
    <message>
        <source>submitted again, to go on from its last checkpoint, as job {0}</source>
        <translation>soumis de nouveau, pour continuer depuis son dernier point de reprise, comme travail {0}</translation>
    </message>
    <message>
        <source>it could not be submitted again yet: {0}</source>
        <translation>il n’a pas encore pu être soumis de nouveau&#xa0;: {0}</translation>
    </message>
    <message>
        <source>stopping after this step, with a checkpoint</source>
        <translation>s’arrête après ce pas, avec un point de reprise</translation>
    </message>
    <message>
        <source>a run looks at no context</source>
        <translation>un entraînement ne regarde pas de contexte</translation>
    </message>
    <message>
        <source>the prediction failed: {0}</source>
        <translation>la prédiction a échoué&#xa0;: {0}</translation>
    </message>
    <message>
        <source>some files could not be predicted; their sentences stand above</source>
        <translation>certains fichiers n’ont pas pu être prédits&#x202f;; leurs phrases sont ci-dessus</translation>
    </message>
    <message>
        <source>Apply a run&apos;s best weights, or a method that needs none, to files; results have the family of their input</source>
        <translation>Appliquer à des fichiers les meilleurs poids d’un entraînement, ou une méthode qui n’en a pas besoin&#x202f;; les résultats ont la famille de leur entrée</translation>
    </message>
    <message>
        <source>the folder can&apos;t be made</source>
        <translation>le dossier ne peut pas être créé</translation>
    </message>
    <message>
        <source>Answer a distant Embellie through ssh until it hangs up; started by it</source>
        <translation>Répondre par ssh à un Embellie distant jusqu’à ce qu’il raccroche&#x202f;; lancé par lui</translation>
    </message>
    <message>
        <source>the training failed: {0}</source>
        <translation>l’entraînement a échoué&#xa0;: {0}</translation>
    </message>
    <message>
        <source>log.txt in that folder says more</source>
        <translation>log.txt dans ce dossier en dit plus</translation>
    </message>
    <message>
        <source>the training was discarded</source>
        <translation>l’entraînement a été abandonné</translation>
    </message>
    <message>
        <source>the trainer died without a word</source>
        <translation>le programme d’entraînement s’est arrêté sans un mot</translation>
    </message>
    <message>
        <source>the training waits to be continued</source>
        <translation>l’entraînement attend d’être continué</translation>
    </message>
    <message>
        <source>go on with train --run … --resume</source>
        <translation>continuez avec train --run … --resume</translation>
    </message>
    <message>
        <source>the queue can&apos;t be read now: {0}</source>
        <translation>la file d’attente ne peut pas être lue maintenant&#xa0;: {0}</translation>
    </message>
    <message>
        <source>List the runs of a folder: state, progress, place in the queue, best score</source>
        <translation>Lister les entraînements d’un dossier&#xa0;: état, avancement, place dans la file, meilleur score</translation>
    </message>
    <message>
        <source>as it was at {0}: {1}</source>
        <translation>tel qu’à {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Compares cleaned fields with a reference: POD, FAR, CSI, HSS, bias, errors</source>
        <translation>Compare des champs nettoyés à une référence&#xa0;: POD, FAR, CSI, HSS, biais, erreurs</translation>
    </message>
    <message>
        <source>Makes radar volumes with a known truth: rain, and all that is not rain</source>
        <translation>Fabrique des volumes radar dont la vérité est connue&#xa0;: la pluie, et tout ce qui n’en est pas</translation>
    </message>
    <message>
        <source>Ask a run to end after its batch and to keep its weights</source>
        <translation>Demander à un entraînement de finir après son lot et de garder ses poids</translation>
    </message>
    <message>
        <source>Go on with a sweep that &quot;train --sweep&quot; made, list it, or stop it</source>
        <translation>Continuer une exploration faite par «&#xa0;train --sweep&#xa0;», la lister ou l’arrêter</translation>
    </message>
    <message>
        <source>{0}: {1}{2}</source>
        <translation>{0}&#xa0;: {1}{2}</translation>
    </message>
    <message>
        <source>no run of the sweep has got as far as a score</source>
        <translation>aucun entraînement de l’exploration n’a atteint un score</translation>
    </message>
    <message>
        <source>log.txt in the folder of each run says more</source>
        <translation>log.txt dans le dossier de chaque entraînement en dit plus</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; names no role of the task {1}</source>
        <translation>«&#xa0;{0}&#xa0;» ne nomme aucun rôle de la tâche {1}</translation>
    </message>
    <message>
        <source>ROLE=PATH with one of: {0}</source>
        <translation>RÔLE=CHEMIN avec l’un de&#xa0;: {0}</translation>
    </message>
    <message>
        <source>a new run needs a task and a network</source>
        <translation>un nouvel entraînement demande une tâche et un réseau</translation>
    </message>
    <message>
        <source>--task and --network, --like RUN, or --resume</source>
        <translation>--task et --network, --like ENTRAÎNEMENT, ou --resume</translation>
    </message>
    <message>
        <source>a run is resumed as it was asked for</source>
        <translation>un entraînement reprend tel qu’il a été demandé</translation>
    </message>
    <message>
        <source>--run and --resume, or --like RUN for a new one that differs</source>
        <translation>--run et --resume, ou --like ENTRAÎNEMENT pour un nouveau qui diffère</translation>
    </message>
    <message>
        <source>a run goes on where it was</source>
        <translation>un entraînement continue là où il était</translation>
    </message>
    <message>
        <source>leave --site away, or start a new run with --like</source>
        <translation>retirez --site, ou lancez un nouvel entraînement avec --like</translation>
    </message>
    <message>
        <source>Train a network here or on a cluster, and follow it until it ends</source>
        <translation>Entraîner un réseau ici ou sur un cluster, et le suivre jusqu’à la fin</translation>
    </message>
    <message>
        <source>Writes the physical values of one array as NumPy files: float32 with NaN where there is none, and the states (0 valid, 1 noData, 2 noEcho, 3 rejected).</source>
        <translation>Écrit les valeurs physiques d’un tableau en fichiers NumPy&#xa0;: float32 avec NaN là où il n’y en a pas, et les états (0 valid, 1 noData, 2 noEcho, 3 rejected).</translation>
    </message>
    <message>
        <source>nothing is exported to &quot;{0}&quot;</source>
        <translation>rien ne s’exporte vers «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>torchscript</source>
        <translation>torchscript</translation>
    </message>
    <message>
        <source>a TorchScript file ends with .pt</source>
        <translation>un fichier TorchScript finit par .pt</translation>
    </message>
    <message>
        <source>the weights of this run are on another machine</source>
        <translation>les poids de cet entraînement sont sur une autre machine</translation>
    </message>
    <message>
        <source>bring them here first: embellie-cli fetch {0}</source>
        <translation>rapportez-les d’abord ici&#xa0;: embellie-cli fetch {0}</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>Write a run&apos;s network and weights for programs that do not know Embellie</source>
        <translation>Écrire le réseau et les poids d’un entraînement pour des programmes qui ne connaissent pas Embellie</translation>
    </message>
    <message>
        <source>the run has no weights here</source>
        <translation>l’entraînement n’a pas de poids ici</translation>
    </message>
    <message>
        <source>bring them first: embellie-cli fetch {0}</source>
        <translation>rapportez-les d’abord&#xa0;: embellie-cli fetch {0}</translation>
    </message>
    <message>
        <source>wait for its first epoch</source>
        <translation>attendez sa première époque</translation>
    </message>
    <message>
        <source>a run predicts, or a model, or a method</source>
        <translation>un entraînement prédit, ou un modèle, ou une méthode</translation>
    </message>
    <message>
        <source>one of --run RUN, --model FILE and --method METHOD</source>
        <translation>l’un de --run ENTRAÎNEMENT, --model FICHIER et --method MÉTHODE</translation>
    </message>
    <message>
        <source>there is nothing to be predicted</source>
        <translation>il n’y a rien à prédire</translation>
    </message>
    <message>
        <source>either files, or a folder with --watch</source>
        <translation>des fichiers, ou bien un dossier avec --watch</translation>
    </message>
    <message>
        <source>the folder can&apos;t be read</source>
        <translation>le dossier ne peut pas être lu</translation>
    </message>
    <message>
        <source>there is no folder for runs</source>
        <translation>il n’y a pas de dossier pour les entraînements</translation>
    </message>
    <message>
        <source>name one in EMBELLIE_RUNS</source>
        <translation>nommez-en un dans EMBELLIE_RUNS</translation>
    </message>
    <message>
        <source>the model is the run {0} from now on</source>
        <translation>le modèle est désormais l’entraînement {0}</translation>
    </message>
    <message>
        <source>the predictor said nothing for {0} minutes</source>
        <translation>le programme de prédiction n’a rien dit pendant {0} minutes</translation>
    </message>
    <message>
        <source>the predictor died on this file</source>
        <translation>le programme de prédiction s’est arrêté sur ce fichier</translation>
    </message>
    <message>
        <source>there is no folder to be watched</source>
        <translation>il n’y a pas de dossier à surveiller</translation>
    </message>
    <message>
        <source>results in the folder that is watched would be cleaned again</source>
        <translation>des résultats dans le dossier surveillé seraient nettoyés à nouveau</translation>
    </message>
    <message>
        <source>name another folder with --output</source>
        <translation>nommez un autre dossier avec --output</translation>
    </message>
    <message>
        <source>watches {0} until it is interrupted</source>
        <translation>surveille {0} jusqu’à ce qu’on l’interrompe</translation>
    </message>
    <message>
        <source>at most one of --run RUN, --model FILE and --method METHOD</source>
        <translation>au plus un parmi --run RUN, --model FICHIER et --method MÉTHODE</translation>
    </message>
    <message>
        <source>no model came with the program</source>
        <translation>aucun modèle n’est livré avec le programme</translation>
    </message>
    <message>
        <source>the list is there already, perhaps corrected by hand</source>
        <translation>la liste existe déjà, peut-être corrigée à la main</translation>
    </message>
    <message>
        <source>name another one, or say --replace</source>
        <translation>donnez-en une autre, ou ajoutez --replace</translation>
    </message>
    <message>
        <source>Tell wet from dry volumes of a radar by the rain gauges around it</source>
        <translation>Distingue les volumes pluvieux et secs d’un radar grâce aux pluviomètres qui l’entourent</translation>
    </message>
    <message>
        <source>a volume that can&apos;t be cleaned is made unsure in {0}, then --resume</source>
        <translation>un volume qui ne peut pas être nettoyé devient «&#xa0;unsure&#xa0;» dans {0}, puis --resume</translation>
    </message>
    <message>
        <source>round {0} of {1}: {2} wet and {3} dry files</source>
        <translation>tour {0} sur {1}&#xa0;: {2} fichiers pluvieux et {3} secs</translation>
    </message>
    <message>
        <source>rounds go on as they were asked for</source>
        <translation>des tours reprennent tels qu’ils ont été demandés</translation>
    </message>
    <message>
        <source>--run and --resume, and --rounds for more of them</source>
        <translation>--run et --resume, et --rounds pour en faire davantage</translation>
    </message>
    <message>
        <source>the first round has not begun</source>
        <translation>le premier tour n’a pas commencé</translation>
    </message>
    <message>
        <source>ask for the rounds anew, in another folder</source>
        <translation>redemandez les tours, dans un autre dossier</translation>
    </message>
    <message>
        <source>new rounds need a list of wet and dry volumes</source>
        <translation>de nouveaux tours ont besoin d’une liste de volumes pluvieux et secs</translation>
    </message>
    <message>
        <source>--days LIST, as &quot;days&quot; writes it, or --resume</source>
        <translation>--days LISTE, telle que «&#xa0;days&#xa0;» l’écrit, ou --resume</translation>
    </message>
    <message>
        <source>Train in rounds on raw wet and dry volumes: each network cleans the rain from which the next one learns</source>
        <translation>Entraîne par tours sur des volumes bruts, pluvieux et secs&#xa0;: chaque réseau nettoie la pluie dont le suivant apprend</translation>
    </message>
    <message>
        <source>the list has no volume that is {0}</source>
        <translation>la liste n’a aucun volume «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>correct it by hand, or ask &quot;days&quot; again with more files, another distance or fewer gauges</source>
        <translation>corrigez-la à la main, ou relancez «&#xa0;days&#xa0;» avec plus de fichiers, une autre distance ou moins de pluviomètres</translation>
    </message>
    <message>
        <source>the folder is not empty</source>
        <translation>le dossier n’est pas vide</translation>
    </message>
    <message>
        <source>name a new one, or go on with --resume</source>
        <translation>donnez-en un nouveau, ou reprenez avec --resume</translation>
    </message>
    <message>
        <source>the plan of the rounds can&apos;t be read</source>
        <translation>le plan des tours est illisible</translation>
    </message>
    <message>
        <source>these rounds were begun by a newer program</source>
        <translation>ces tours ont été commencés par un programme plus récent</translation>
    </message>
    <message>
        <source>round {0}</source>
        <translation>tour {0}</translation>
    </message>
    <message>
        <source>Look at this installation and machine, and say what is wrong and what helps</source>
        <translation>Examiner cette installation et cette machine, et dire ce qui ne va pas et ce qui aide</translation>
    </message>
    <message>
        <source>Print all commands and settings as a manual in Markdown</source>
        <translation>Écrire toutes les commandes et tous les réglages sous forme de manuel en Markdown</translation>
    </message>
    <message>
        <source>--discard says what --stop does with the weights</source>
        <translation>--discard dit ce que --stop fait des poids</translation>
    </message>
    <message>
        <source>--stop --discard</source>
        <translation>--stop --discard</translation>
    </message>
    <message>
        <source>{0} of {1} runs of the sweep failed</source>
        <translation>{0} des {1} entraînements de l’exploration ont échoué</translation>
    </message>
    <message>
        <source>Writes files of any family that is read as one of a few that other programs open; what does not fit in is said</source>
        <translation>Écrit des fichiers de toute famille lue dans une de celles que d’autres programmes ouvrent&#xa0;; ce qui n’y tient pas est dit</translation>
    </message>
    <message>
        <source>some files could not be read; their sentences stand above</source>
        <translation>certains fichiers n’ont pas pu être lus&#x202f;; leurs phrases sont ci-dessus</translation>
    </message>
    <message>
        <source>Says what is in files: format, site, times, sweeps or axes, arrays with unit, range and shares of states; --json gives one object, of several files {&quot;files&quot;: [...]}, of those that can&apos;t be read with their sentence as &quot;problem&quot;.</source>
        <translation>Dit ce que contiennent des fichiers&#xa0;: format, site, dates, balayages ou axes, tableaux avec unité, étendue et parts des états&#x202f;; --json donne un objet, pour plusieurs fichiers {&quot;files&quot;: [...]}, avec leur phrase dans &quot;problem&quot; pour ceux qui ne peuvent pas être lus.</translation>
    </message>
    <message>
        <source>the output would replace an input</source>
        <translation>la sortie remplacerait une entrée</translation>
    </message>
    <message>
        <source>choose another name or folder for the output</source>
        <translation>choisissez un autre nom ou un autre dossier pour la sortie</translation>
    </message>
    <message>
        <source>there are no runs in {0}</source>
        <translation>il n’y a aucun entraînement dans {0}</translation>
    </message>
    <message>
        <source>there was nothing to validate on, so the runs have no scores</source>
        <translation>il n’y avait rien pour valider&#x202f;: les entraînements n’ont pas de scores</translation>
    </message>
    <message>
        <source>a file of NumPy ends with .npy</source>
        <translation>un fichier NumPy finit par .npy</translation>
    </message>
    <message>
        <source>the learner took more than {0} min and was ended</source>
        <translation>l’apprenant a pris plus de {0}&#xa0;min et a été arrêté</translation>
    </message>
    <message>
        <source>the learner was ended by signal {0}</source>
        <translation>l’apprenant a été arrêté par le signal {0}</translation>
    </message>
    <message>
        <source>log.txt in that folder may say why; go on from its last checkpoint with train --run … --resume</source>
        <translation>log.txt de ce dossier dit peut-être pourquoi&#xa0;; reprenez depuis son dernier point de reprise avec train --run … --resume</translation>
    </message>
</context>
<context>
    <name>convert</name>
    <message>
        <source>left out of {0}: {1}</source>
        <translation>laissé de côté dans {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>left out of all: {0}</source>
        <translation>laissé de côté dans tous&#xa0;: {0}</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>left out: {0}</source>
        <translation>laissé de côté&#xa0;: {0}</translation>
    </message>
    <message>
        <source>nothing is converted to &quot;{0}&quot;</source>
        <translation>rien n’est converti en «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
    <message>
        <source>{0} holds grids, for which {1} fits</source>
        <translation>{0} contient des grilles, auxquelles convient {1}</translation>
    </message>
    <message>
        <source>{0} holds sweeps of a radar, for which {1} fits</source>
        <translation>{0} contient des balayages de radar, auxquels convient {1}</translation>
    </message>
    <message>
        <source>grids can&apos;t be written as {0}</source>
        <translation>des grilles ne peuvent pas être écrites en {0}</translation>
    </message>
    <message>
        <source>sweeps of a radar can&apos;t be written as {0}</source>
        <translation>des balayages de radar ne peuvent pas être écrits en {0}</translation>
    </message>
    <message>
        <source>use {0}</source>
        <translation>utilisez {0}</translation>
    </message>
    <message>
        <source>there is nothing that could be converted</source>
        <translation>il n’y a rien qui puisse être converti</translation>
    </message>
    <message>
        <source>no input has an array &quot;{0}&quot;</source>
        <translation>aucun fichier d’entrée n’a de tableau «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>see &quot;embellie-cli info&quot; for the list</source>
        <translation>voyez la liste avec «&#xa0;embellie-cli info&#xa0;»</translation>
    </message>
    <message>
        <source>the inputs are {0} volumes, and the output is one file</source>
        <translation>les entrées font {0} volumes, et la sortie est un seul fichier</translation>
    </message>
    <message>
        <source>the inputs are {0} files, and the output is one</source>
        <translation>les entrées sont {0} fichiers, et la sortie un seul</translation>
    </message>
    <message>
        <source>name a folder as --output</source>
        <translation>donnez un dossier à --output</translation>
    </message>
    <message>
        <source>the output would replace an input</source>
        <translation>la sortie remplacerait une entrée</translation>
    </message>
    <message>
        <source>choose another name or folder for the output</source>
        <translation>choisissez un autre nom ou un autre dossier pour la sortie</translation>
    </message>
    <message>
        <source>the folder can&apos;t be made</source>
        <translation>le dossier ne peut pas être créé</translation>
    </message>
    <message>
        <source>attributes that Embellie does not read: how the product was made and by whom</source>
        <translation>les attributs qu’Embellie ne lit pas&#xa0;: comment le produit a été fait, et par qui</translation>
    </message>
    <message>
        <source>ODIM_H5 2.3 polar volume, of sweeps (wradlib, Py-ART, xradar, BALTRAD)</source>
        <translation>volume polaire ODIM_H5 2.3, de balayages (wradlib, Py-ART, xradar, BALTRAD)</translation>
    </message>
    <message>
        <source>CfRadial 1.4 in netCDF-4, of sweeps (Py-ART, LROSE, xradar, wradlib)</source>
        <translation>CfRadial 1.4 en netCDF-4, de balayages (Py-ART, LROSE, xradar, wradlib)</translation>
    </message>
    <message>
        <source>CF 1.8 in netCDF-4, of grids and swaths (xarray, QGIS, Panoply, ncview, ParaView)</source>
        <translation>CF 1.8 en netCDF-4, de grilles et de fauchées (xarray, QGIS, Panoply, ncview, ParaView)</translation>
    </message>
    <message>
        <source>there is nothing to be converted</source>
        <translation>il n’y a rien à convertir</translation>
    </message>
    <message>
        <source>no sweep can be read</source>
        <translation>aucun balayage ne peut être lu</translation>
    </message>
    <message>
        <source>none of the arrays chosen</source>
        <translation>aucun des tableaux choisis</translation>
    </message>
    <message>
        <source>first of all this: {0}</source>
        <translation>d’abord celui-ci&#xa0;: {0}</translation>
    </message>
    <message>
        <source>attributes that Embellie does not read: how the radar was set and calibrated, and what was done since</source>
        <translation>les attributs qu’Embellie ne lit pas&#xa0;: comment le radar était réglé et étalonné, et ce qui a été fait depuis</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} of {1}: its rays lie elsewhere than those of its sweep</source>
        <translation>{0} de {1}&#xa0;: ses tirs sont ailleurs que ceux de son balayage</translation>
    </message>
    <message>
        <source>{0}: it is in {1}, and ODIM_H5 has this quantity in {2}</source>
        <translation>{0}&#xa0;: c’est en {1}, et ODIM_H5 a cette grandeur en {2}</translation>
    </message>
    <message>
        <source>{0}: its unit, {1}, since ODIM_H5 knows no quantity of this name</source>
        <translation>{0}&#xa0;: son unité, {1}, car ODIM_H5 ne connaît pas de grandeur de ce nom</translation>
    </message>
    <message>
        <source>nothing of the sweep at {0} can be written</source>
        <translation>rien du balayage à {0} ne peut être écrit</translation>
    </message>
    <message>
        <source>{0}: the colours of its classes</source>
        <translation>{0}&#xa0;: les couleurs de ses classes</translation>
    </message>
    <message>
        <source>{0}: the meanings of its numbers, which are not whole</source>
        <translation>{0}&#xa0;: le sens de ses nombres, qui ne sont pas entiers</translation>
    </message>
    <message>
        <source>{0}: it is a quality of {1}, which is not written</source>
        <translation>{0}&#xa0;: c’est une qualité de {1}, qui n’est pas écrit</translation>
    </message>
    <message>
        <source>the one range of all gates, since their lengths or beginnings differ: each ray has its own in ray_start_range and ray_gate_spacing, which Radx reads, Py-ART and xradar do not</source>
        <translation>la distance commune à toutes les portes, car leurs longueurs ou leurs débuts diffèrent&#xa0;: chaque tir a la sienne dans ray_start_range et ray_gate_spacing, que Radx lit, Py-ART et xradar non</translation>
    </message>
    <message>
        <source>some inputs could not be converted; their sentences stand above</source>
        <translation>certaines entrées n’ont pas pu être converties&#x202f;; leurs phrases sont ci-dessus</translation>
    </message>
    <message>
        <source>the file does not say when it was measured</source>
        <translation>le fichier ne dit pas quand il a été mesuré</translation>
    </message>
    <message>
        <source>date and time, which every file of {0} has</source>
        <translation>la date et l’heure, qu’a tout fichier {0}</translation>
    </message>
    <message>
        <source>ask those who made the file</source>
        <translation>demandez à ceux qui ont fait le fichier</translation>
    </message>
    <message>
        <source>that a sweep looks straight up, which only an angle of 90° says in ODIM_H5</source>
        <translation>qu’un balayage vise le zénith, ce que seul un angle de 90° dit en ODIM_H5</translation>
    </message>
</context>
<context>
    <name>days</name>
    <message>
        <source>dry</source>
        <translation>sec</translation>
    </message>
    <message>
        <source>wet</source>
        <translation>pluvieux</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>Gauges up to this far from the radar count</source>
        <translation>Les pluviomètres comptent jusqu’à cette distance du radar</translation>
    </message>
    <message>
        <source>Time around</source>
        <translation>Durée autour</translation>
    </message>
    <message>
        <source>Readings so long before and after a volume count</source>
        <translation>Les relevés comptent aussi longtemps avant et après un volume</translation>
    </message>
    <message>
        <source>Rain from</source>
        <translation>Pluie à partir de</translation>
    </message>
    <message>
        <source>A gauge with this much over that time had rain; less is a trace, with which a volume is unsure</source>
        <translation>Un pluviomètre qui atteint cette hauteur pendant cette durée a eu de la pluie&#x202f;; moins est une trace, qui rend le volume incertain</translation>
    </message>
    <message>
        <source>Gauges for dry</source>
        <translation>Pluviomètres pour sec</translation>
    </message>
    <message>
        <source>So many at least must have reported all the time, and no gauge any rain</source>
        <translation>Il en faut au moins tant dont tous les relevés sont là, et aucune pluie nulle part</translation>
    </message>
    <message>
        <source>Gauges for wet</source>
        <translation>Pluviomètres pour pluvieux</translation>
    </message>
    <message>
        <source>So many at least must have had rain</source>
        <translation>Il en faut au moins tant qui ont eu de la pluie</translation>
    </message>
    <message>
        <source>its end</source>
        <translation>sa fin</translation>
    </message>
    <message>
        <source>its beginning</source>
        <translation>son début</translation>
    </message>
    <message>
        <source>Time of a reading</source>
        <translation>Heure d’un relevé</translation>
    </message>
    <message>
        <source>Which end of the interval in which the rain fell the station file gives</source>
        <translation>Le bout de l’intervalle de la pluie que donne le fichier de stations</translation>
    </message>
    <message>
        <source>Ahead of UTC</source>
        <translation>Avance sur UTC</translation>
    </message>
    <message>
        <source>Of the clock in the station file: 1 is winter in Paris</source>
        <translation>De l’heure du fichier de stations&#xa0;: 1 à Paris en hiver</translation>
    </message>
    <message>
        <source>Day begins</source>
        <translation>Début du jour</translation>
    </message>
    <message>
        <source>Hour UTC at which a day begins, in files with dates alone: 6 for the daily rain of Météo-France</source>
        <translation>Heure UTC à laquelle un jour commence, dans les fichiers sans heures&#xa0;: 6 pour les pluies quotidiennes de Météo-France</translation>
    </message>
    <message>
        <source>left out: {0}</source>
        <translation>laissé de côté&#xa0;: {0}</translation>
    </message>
    <message>
        <source>volumes that say no time, left out: {0}</source>
        <translation>volumes sans heure, laissés de côté&#xa0;: {0}</translation>
    </message>
    <message>
        <source>there is no radar volume with a time among these files</source>
        <translation>aucun volume radar daté parmi ces fichiers</translation>
    </message>
    <message>
        <source>no gauge within {0} km</source>
        <translation>aucun pluviomètre à moins de {0} km</translation>
    </message>
    <message>
        <source>{0} of {1} gauges had rain: {2} mm</source>
        <translation>{0} pluviomètre sur {1} a eu de la pluie&#xa0;: {2} mm</translation>
    </message>
    <message>
        <source>{0} of {1} gauges had rain, up to {2} mm</source>
        <translation>{0} pluviomètres sur {1} ont eu de la pluie, jusqu’à {2} mm</translation>
    </message>
    <message>
        <source>only little rain, or at too few gauges: {0} mm</source>
        <translation>peu de pluie, ou à trop peu de pluviomètres&#xa0;: {0} mm</translation>
    </message>
    <message>
        <source>{0} gauge within {1} km stayed dry</source>
        <translation>{0} pluviomètre à moins de {1} km est resté sec</translation>
    </message>
    <message>
        <source>{0} gauges within {1} km stayed dry</source>
        <translation>{0} pluviomètres à moins de {1} km sont restés secs</translation>
    </message>
    <message>
        <source>{0} of {1} gauges reported all the time, {2} are needed</source>
        <translation>{0} pluviomètres sur {1} ont tous leurs relevés, il en faut {2}</translation>
    </message>
    <message>
        <source>its files do not say where the radar stands</source>
        <translation>ses fichiers ne disent pas où se trouve le radar</translation>
    </message>
    <message>
        <source>a name with a tab or a line&apos;s end can&apos;t stand in the list</source>
        <translation>un nom avec une tabulation ou une fin de ligne ne peut pas figurer dans la liste</translation>
    </message>
    <message>
        <source>a line of the list is incomplete</source>
        <translation>une ligne de la liste est incomplète</translation>
    </message>
    <message>
        <source>kind, time, radar, why and files, between tabs</source>
        <translation>genre, heure, radar, raison et fichiers, séparés par des tabulations</translation>
    </message>
    <message>
        <source>&quot;{0}&quot;</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>a volume is of an unknown kind</source>
        <translation>un volume est d’un genre inconnu</translation>
    </message>
    <message>
        <source>dry, wet or unsure</source>
        <translation>dry, wet ou unsure</translation>
    </message>
    <message>
        <source>a time can&apos;t be read</source>
        <translation>une heure est illisible</translation>
    </message>
    <message>
        <source>as 2024-06-15T14:30:00Z</source>
        <translation>comme 2024-06-15T14:30:00Z</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>a file has both dry and wet volumes</source>
        <translation>un fichier a des volumes secs et pluvieux</translation>
    </message>
    <message>
        <source>make them unsure, or keep volumes in files of their own</source>
        <translation>rendez-les incertains, ou mettez chaque volume dans son propre fichier</translation>
    </message>
    <message>
        <source>a station has two readings of one time</source>
        <translation>une station a deux relevés pour une même heure</translation>
    </message>
    <message>
        <source>{0} mm and {1} mm</source>
        <translation>{0} mm et {1} mm</translation>
    </message>
    <message>
        <source>a station is at no place on Earth</source>
        <translation>une station n’est nulle part sur la Terre</translation>
    </message>
    <message>
        <source>latitude and longitude in degrees</source>
        <translation>latitude et longitude en degrés</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>it can&apos;t be known how long the rain of a reading fell</source>
        <translation>on ne peut pas savoir pendant combien de temps la pluie d’un relevé est tombée</translation>
    </message>
    <message>
        <source>at least two times of a station</source>
        <translation>au moins deux heures d’une station</translation>
    </message>
    <message>
        <source>two columns may be meant by &quot;{0}&quot;</source>
        <translation>deux colonnes peuvent être «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; and &quot;{1}&quot;</source>
        <translation>«&#xa0;{0}&#xa0;» et «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>leave one of them in the file</source>
        <translation>n’en laissez qu’une dans le fichier</translation>
    </message>
    <message>
        <source>there is no column &quot;{0}&quot;</source>
        <translation>il n’y a pas de colonne «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>a header with time, latitude, longitude and rain, as &quot;time;station;lat;lon;rain_mm&quot;</source>
        <translation>un en-tête avec heure, latitude, longitude et pluie, comme «&#xa0;time;station;lat;lon;rain_mm&#xa0;»</translation>
    </message>
    <message>
        <source>the unit of the rain is not known</source>
        <translation>l’unité de la pluie est inconnue</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>a number can&apos;t be read</source>
        <translation>un nombre est illisible</translation>
    </message>
    <message>
        <source>rain can&apos;t be negative</source>
        <translation>une pluie ne peut pas être négative</translation>
    </message>
    <message>
        <source>an empty cell, NA or -9999 where a reading is missing</source>
        <translation>une cellule vide, NA ou -9999 où un relevé manque</translation>
    </message>
    <message>
        <source>a line has another number of cells than the header</source>
        <translation>une ligne n’a pas autant de cellules que l’en-tête</translation>
    </message>
    <message>
        <source>2024-06-15 14:30, 202406151430, 15/06/2024 14:30 or a date</source>
        <translation>2024-06-15 14:30, 202406151430, 15/06/2024 14:30 ou une date</translation>
    </message>
    <message>
        <source>this is no text</source>
        <translation>ce n’est pas un texte</translation>
    </message>
    <message>
        <source>a station file: CSV or netCDF</source>
        <translation>un fichier de stations&#xa0;: CSV ou netCDF</translation>
    </message>
    <message>
        <source>there is no reading in the station file</source>
        <translation>il n’y a aucun relevé dans le fichier de stations</translation>
    </message>
    <message>
        <source>two variables may be meant by &quot;{0}&quot;</source>
        <translation>deux variables peuvent être «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>there is no variable &quot;{0}&quot;</source>
        <translation>il n’y a pas de variable «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>a station file: rain over station and time, with latitude and longitude of each station</source>
        <translation>un fichier de stations&#xa0;: la pluie par station et par heure, avec la latitude et la longitude de chaque station</translation>
    </message>
    <message>
        <source>latitude and longitude differ in their number</source>
        <translation>il n’y a pas autant de latitudes que de longitudes</translation>
    </message>
</context>
<context>
    <name>denoise</name>
    <message>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>An echo is kept where its probability of rain is above this: lower keeps more rain, higher removes more of the rest</source>
        <translation>Un écho est gardé si sa probabilité de pluie dépasse ce seuil&#xa0;: plus bas, il garde plus de pluie&#x202f;; plus haut, il enlève plus du reste</translation>
    </message>
    <message>
        <source>as it was measured</source>
        <translation>telle que mesurée</translation>
    </message>
    <message>
        <source>as the network estimates the rain alone</source>
        <translation>telle que le réseau estime la pluie seule</translation>
    </message>
    <message>
        <source>Kept value</source>
        <translation>Valeur gardée</translation>
    </message>
    <message>
        <source>What a kept echo shows</source>
        <translation>Ce que montre un écho gardé</translation>
    </message>
    <message>
        <source>Mirror averaging</source>
        <translation>Moyenne avec le miroir</translation>
    </message>
    <message>
        <source>Predicts the mirrored sweep too and takes the mean: steadier, twice the time</source>
        <translation>Prédit aussi le balayage en miroir et prend la moyenne&#xa0;: plus stable, deux fois plus long</translation>
    </message>
    <message>
        <source>Own cut</source>
        <translation>Coupure propre</translation>
    </message>
    <message>
        <source>How far a probability of 0.5 moves to where those of the sweep part best, between 0.3 and 0.65: 0 not at all</source>
        <translation>Dans quelle mesure la probabilité 0,5 se déplace là où celles du balayage se séparent le mieux, entre 0,3 et 0,65&#xa0;: 0 pas du tout</translation>
    </message>
    <message>
        <source>Gate lengths</source>
        <translation>Longueurs de porte</translation>
    </message>
    <message>
        <source>Of the samples, in equal shares. Sweeps with finer gates are looked at in the shortest, with coarser ones in each length up to their own</source>
        <translation>Des échantillons, à parts égales. Les balayages aux portes plus fines sont vus avec les plus courtes, ceux aux portes plus longues avec chaque longueur jusqu’à la leur</translation>
    </message>
    <message>
        <source>Gates of a sample</source>
        <translation>Portes par échantillon</translation>
    </message>
    <message>
        <source>How far a sample reaches; all have the whole circle</source>
        <translation>Jusqu’où va un échantillon&#x202f;; tous font le tour entier</translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation>Part pour la validation</translation>
    </message>
    <message>
        <source>Of the radars and days (of a single one: of its times) that training never sees</source>
        <translation>Des radars et des jours (d’un seul&#xa0;: de ses instants) que l’entraînement ne voit jamais</translation>
    </message>
    <message>
        <source>Kept apart</source>
        <translation>Mis à part</translation>
    </message>
    <message>
        <source>Radars or days for validation, by parts of their names (&quot;Jabbeke, Wideumont 2013&quot;); empty: by chance</source>
        <translation>Radars ou jours pour la validation, par morceaux de leurs noms (&quot;Jabbeke, Wideumont 2013&quot;)&#x202f;; vide&#xa0;: au hasard</translation>
    </message>
    <message>
        <source>Validation fields</source>
        <translation>Champs de validation</translation>
    </message>
    <message>
        <source>Whole sweeps of rain plus clutter, both kept apart, on which the network is judged</source>
        <translation>Balayages entiers de pluie et d’échos parasites, tous deux mis à part, sur lesquels le réseau est jugé</translation>
    </message>
    <message>
        <source>Rain is from</source>
        <translation>Pluie à partir de</translation>
    </message>
    <message>
        <source>Reflectivity from which an echo counts as rain in the scores</source>
        <translation>Réflectivité à partir de laquelle un écho compte comme pluie dans les scores</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>Simulated scenes that are learnt from when no files are given</source>
        <translation>Scènes simulées qui servent à apprendre quand aucun fichier n’est donné</translation>
    </message>
    <message>
        <source>Sweeps in memory</source>
        <translation>Balayages en mémoire</translation>
    </message>
    <message>
        <source>At most so many of each role, evenly picked; each takes about 2 MB</source>
        <translation>Au plus ce nombre par rôle, choisis régulièrement&#x202f;; chacun prend environ 2 Mo</translation>
    </message>
    <message>
        <source>Highest elevation</source>
        <translation>Site le plus haut</translation>
    </message>
    <message>
        <source>Sweeps above it are not learnt from</source>
        <translation>Les balayages au-dessus ne servent pas à apprendre</translation>
    </message>
    <message>
        <source>Made-up rain</source>
        <translation>Pluie inventée</translation>
    </message>
    <message>
        <source>Share of samples whose rain is made up</source>
        <translation>Part des échantillons dont la pluie est inventée</translation>
    </message>
    <message>
        <source>Made-up snow</source>
        <translation>Neige inventée</translation>
    </message>
    <message>
        <source>Share of made-up rain that is weak, smooth and from shallow clouds, as snow is, in the cold; only where the season is looked at</source>
        <translation>Part de la pluie inventée qui est faible, lisse et issue de nuages peu épais, comme la neige, par temps froid&#x202f;; seulement là où la saison est regardée</translation>
    </message>
    <message>
        <source>Shallow clouds</source>
        <translation>Nuages peu épais</translation>
    </message>
    <message>
        <source>Share of samples whose rain ends where the beam is above its clouds, in the cold; only where the season is looked at</source>
        <translation>Part des échantillons dont la pluie s’arrête là où le faisceau passe au-dessus de ses nuages, par temps froid&#x202f;; seulement là où la saison est regardée</translation>
    </message>
    <message>
        <source>Without rain</source>
        <translation>Sans pluie</translation>
    </message>
    <message>
        <source>Share of samples without any rain</source>
        <translation>Part des échantillons sans aucune pluie</translation>
    </message>
    <message>
        <source>Clutter from files</source>
        <translation>Échos parasites des fichiers</translation>
    </message>
    <message>
        <source>Share of samples with echoes of a dry day</source>
        <translation>Part des échantillons avec les échos d’un jour sec</translation>
    </message>
    <message>
        <source>Made-up clutter</source>
        <translation>Échos parasites inventés</translation>
    </message>
    <message>
        <source>Factor on the chances of specks, clear air, spokes, speckle, masts, sea, mountains, rings</source>
        <translation>Facteur sur les chances des mouchetures, de l’air clair, des rayons, du chatoiement, des mâts, de la mer, des montagnes, des anneaux</translation>
    </message>
    <message>
        <source>Interference in sectors</source>
        <translation>Interférences en secteurs</translation>
    </message>
    <message>
        <source>Share of made-up interference that fills whole sectors instead of a few spokes</source>
        <translation>Part des interférences inventées qui remplissent des secteurs entiers au lieu de quelques rayons</translation>
    </message>
    <message>
        <source>Receiver noise</source>
        <translation>Bruit du récepteur</translation>
    </message>
    <message>
        <source>Share of samples with the noise of a receiver</source>
        <translation>Part des échantillons avec le bruit d’un récepteur</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Décalage</translation>
    </message>
    <message>
        <source>Real rain is made weaker or stronger by up to this</source>
        <translation>La pluie réelle est affaiblie ou renforcée au plus d’autant</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>Variété</translation>
    </message>
    <message>
        <source>Factor on the chances of cut range, blank sectors, patchy rain, coarse steps</source>
        <translation>Facteur sur les chances d’une portée coupée, de secteurs aveugles, d’une pluie morcelée, de pas grossiers</translation>
    </message>
    <message>
        <source>Clean radar echoes</source>
        <translation>Nettoyer les échos radar</translation>
    </message>
    <message>
        <source>Tells rain from ground, insects, interference and noise in raw reflectivity, and keeps the rain. Learns from rainy and dry days whose echoes are added, after Lepetit et al.</source>
        <translation>Distingue la pluie du sol, des insectes, des interférences et du bruit dans la réflectivité brute, et garde la pluie. Apprend de jours de pluie et de jours secs dont les échos sont additionnés, d’après Lepetit et al.</translation>
    </message>
    <message>
        <source>Rainy days</source>
        <translation>Jours de pluie</translation>
    </message>
    <message>
        <source>Sweeps with rain; other echoes in them are left out as well as can be</source>
        <translation>Balayages avec de la pluie&#x202f;; les autres échos en sont écartés aussi bien que possible</translation>
    </message>
    <message>
        <source>Dry days</source>
        <translation>Jours secs</translation>
    </message>
    <message>
        <source>Sweeps without rain: all their echoes shall be removed</source>
        <translation>Balayages sans pluie&#xa0;: tous leurs échos sont à enlever</translation>
    </message>
    <message>
        <source>Simulated scenes</source>
        <translation>Scènes simulées</translation>
    </message>
    <message>
        <source>Files with TH (all echoes) and DBZH (the true rain)</source>
        <translation>Fichiers avec TH (tous les échos) et DBZH (la vraie pluie)</translation>
    </message>
    <message>
        <source>the built-in scene, whose truth is known</source>
        <translation>la scène intégrée, dont la vérité est connue</translation>
    </message>
    <message>
        <source>CSI</source>
        <translation>CSI</translation>
    </message>
    <message>
        <source>Critical success index: rain found ÷ (rain found + missed + falsely kept)</source>
        <translation>Indice de succès critique&#xa0;: pluie trouvée ÷ (pluie trouvée + manquée + gardée à tort)</translation>
    </message>
    <message>
        <source>POD</source>
        <translation>POD</translation>
    </message>
    <message>
        <source>Share of the rain that is kept</source>
        <translation>Probabilité de détection&#xa0;: part de la pluie qui est gardée</translation>
    </message>
    <message>
        <source>FAR</source>
        <translation>FAR</translation>
    </message>
    <message>
        <source>Share of what is kept that is no rain</source>
        <translation>Taux de fausses alarmes&#xa0;: part de ce qui est gardé sans être de la pluie</translation>
    </message>
    <message>
        <source>HSS</source>
        <translation>HSS</translation>
    </message>
    <message>
        <source>Heidke skill score: share of right gates beyond chance</source>
        <translation>Score de Heidke&#xa0;: part de portes justes au-delà du hasard</translation>
    </message>
    <message>
        <source>Clutter left</source>
        <translation>Parasites restants</translation>
    </message>
    <message>
        <source>Share of the echoes without rain that is still there</source>
        <translation>Part des échos sans pluie qui sont encore là</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>EQM</translation>
    </message>
    <message>
        <source>Root of the mean squared error of kept rain</source>
        <translation>Racine de l’erreur quadratique moyenne de la pluie gardée</translation>
    </message>
    <message>
        <source>raw reflectivity, (dBZ - 10) / 20, clipped to -1.5 … 2.5; -1.5 without echo</source>
        <translation>réflectivité brute, (dBZ - 10) / 20, bornée de -1,5 à 2,5&#x202f;; -1,5 sans écho</translation>
    </message>
    <message>
        <source>1 where there is an echo, else 0</source>
        <translation>1 où il y a un écho, sinon 0</translation>
    </message>
    <message>
        <source>distance from the radar in 100 km</source>
        <translation>distance au radar en centaines de km</translation>
    </message>
    <message>
        <source>of rain, before the logistic function</source>
        <translation>de pluie, avant la fonction logistique</translation>
    </message>
    <message>
        <source>reflectivity of the rain alone, (dBZ - 10) / 20</source>
        <translation>réflectivité de la pluie seule, (dBZ - 10) / 20</translation>
    </message>
    <message>
        <source>at least one gate length is needed</source>
        <translation>il faut au moins une longueur de porte</translation>
    </message>
    <message>
        <source>the scenes have no truth</source>
        <translation>les scènes n’ont pas de vérité</translation>
    </message>
    <message>
        <source>TH with every echo and DBZH with the rain alone</source>
        <translation>TH avec tous les échos et DBZH avec la pluie seule</translation>
    </message>
    <message>
        <source>made-up rain</source>
        <translation>pluie inventée</translation>
    </message>
    <message>
        <source>made-up echoes</source>
        <translation>échos inventés</translation>
    </message>
    <message>
        <source>Scenes beside files</source>
        <translation>Scènes en plus des fichiers</translation>
    </message>
    <message>
        <source>Simulated radars, sites and weather of all kinds that are learnt from too, where rainy and dry days are given</source>
        <translation>Radars, sites et temps simulés de toutes sortes, appris en plus, quand des jours de pluie et des jours secs sont donnés</translation>
    </message>
    <message>
        <source>Their share of the rain</source>
        <translation>Leur part de la pluie</translation>
    </message>
    <message>
        <source>Of the rain that is not made up, where files are given</source>
        <translation>De la pluie qui n’est pas inventée, quand des fichiers sont donnés</translation>
    </message>
    <message>
        <source>Their share of the rest</source>
        <translation>Leur part du reste</translation>
    </message>
    <message>
        <source>Of the other echoes that are not made up, where files are given</source>
        <translation>Des autres échos qui ne sont pas inventés, quand des fichiers sont donnés</translation>
    </message>
    <message>
        <source>Scenes of all kinds</source>
        <translation>Scènes de toutes sortes</translation>
    </message>
    <message>
        <source>They are of other radars, sites and weather each, not of one kind</source>
        <translation>Chacune a un autre radar, un autre site et un autre temps, au lieu d’une seule sorte</translation>
    </message>
    <message>
        <source>Further moments</source>
        <translation>Autres moments</translation>
    </message>
    <message>
        <source>Looked at beside reflectivity where a file has them: RHOHV, ZDR, VRADH, WRADH, SQI, height (of the beam), season (how warm it should be by latitude and date) and aloft (the sweep above), separated by commas; empty: none</source>
        <translation>Regardés avec la réflectivité là où un fichier les a&#xa0;: RHOHV, ZDR, VRADH, WRADH, SQI, height (hauteur du faisceau), season (température attendue d’après la latitude et la date) et aloft (le balayage au-dessus), séparés par des virgules&#x202f;; vide&#xa0;: aucun</translation>
    </message>
    <message>
        <source>Without a moment</source>
        <translation>Sans un moment</translation>
    </message>
    <message>
        <source>Share of samples in which a further moment is missing, and again in which all are, so that the network does without</source>
        <translation>Part des échantillons où un autre moment manque, et de nouveau où ils manquent tous, pour que le réseau sache s’en passer</translation>
    </message>
    <message>
        <source>Moments left out</source>
        <translation>Moments écartés</translation>
    </message>
    <message>
        <source>Further moments of which a prediction takes no notice, as if the file did not have them</source>
        <translation>Autres moments dont une prédiction ne tient pas compte, comme si le fichier ne les avait pas</translation>
    </message>
    <message>
        <source>Share of rain</source>
        <translation>Part de pluie</translation>
    </message>
    <message>
        <source>How far the share of rain in the sweep and around a gate, from one half on, raises its probability: 0 not at all, 1 as Bayes&apos; rule says</source>
        <translation>De combien la part de pluie du balayage et des alentours d’une porte, à partir de la moitié, augmente sa probabilité&#xa0;: 0 pas du tout, 1 comme le dit la règle de Bayes</translation>
    </message>
    <message>
        <source>correlation of the polarisations, (x - 0.85) / 0.1, clipped to ±2.5; 0 where it is missing</source>
        <translation>corrélation des polarisations, (x - 0,85) / 0,1, bornée à ±2,5&#x202f;; 0 où elle manque</translation>
    </message>
    <message>
        <source>differential reflectivity, (dB - 1) / 2, clipped to ±2.5; 0 where it is missing</source>
        <translation>réflectivité différentielle, (dB - 1) / 2, bornée à ±2,5&#x202f;; 0 où elle manque</translation>
    </message>
    <message>
        <source>radial velocity as it was measured, in 10 m/s, clipped to ±2.5; 0 where it is missing</source>
        <translation>vitesse radiale telle que mesurée, en 10 m/s, bornée à ±2,5&#x202f;; 0 où elle manque</translation>
    </message>
    <message>
        <source>width of the Doppler spectrum, (m/s - 2.5) / 2, clipped to ±2.5; 0 where it is missing</source>
        <translation>largeur du spectre Doppler, (m/s - 2,5) / 2, bornée à ±2,5&#x202f;; 0 où elle manque</translation>
    </message>
    <message>
        <source>signal quality index, (x - 0.5) / 0.25; 0 where it is missing</source>
        <translation>indice de qualité du signal, (x - 0,5) / 0,25&#x202f;; 0 où il manque</translation>
    </message>
    <message>
        <source>reflectivity in the sweep about a degree higher, (dBZ - 10) / 20, clipped to ±2.5; -2.5 where there is no echo, 0 where it is missing</source>
        <translation>réflectivité dans le balayage environ un degré plus haut, (dBZ - 10) / 20, bornée à ±2,5&#x202f;; -2,5 sans écho, 0 où elle manque</translation>
    </message>
    <message>
        <source>there is no moment &quot;{0}&quot; to learn from</source>
        <translation>il n’y a pas de moment «&#xa0;{0}&#xa0;» dont apprendre</translation>
    </message>
    <message>
        <source>some of {0}</source>
        <translation>certains de {0}</translation>
    </message>
    <message>
        <source>1 where there is an echo and that moment of it, else 0</source>
        <translation>1 où il y a un écho et ce moment de lui, sinon 0</translation>
    </message>
    <message>
        <source>temperature to be expected at the ground by latitude and date, (°C - 10) / 15, clipped to ±2.5; 0 where place or date are unknown</source>
        <translation>température attendue au sol d’après la latitude et la date, (°C - 10) / 15, bornée à ±2,5&#x202f;; 0 là où le lieu ou la date manquent</translation>
    </message>
    <message>
        <source>1 where place and date are known, else 0</source>
        <translation>1 là où le lieu et la date sont connus, sinon 0</translation>
    </message>
    <message>
        <source>of the beam above the radar in 10 km, 4/3 of the earth</source>
        <translation>du faisceau au-dessus du radar en 10 km, 4/3 de la Terre</translation>
    </message>
    <message>
        <source>{0}: none in the rain, or none in the other echoes, so that it is learnt from made-up ones</source>
        <translation>{0}&#xa0;: il n’y en a pas dans la pluie, ou pas dans les autres échos, et il n’est donc appris que d’échos inventés</translation>
    </message>
    <message>
        <source>{0} is there for {1} % of the rain and {2} % of the other echoes: that it is missing gives the answer away; rather learn without it</source>
        <translation>{0} est présent pour {1}&#xa0;% de la pluie et {2}&#xa0;% des autres échos&#xa0;: son absence trahit la réponse&#x202f;; apprenez plutôt sans lui</translation>
    </message>
    <message>
        <source>nothing can be learnt from the files for &quot;{0}&quot;</source>
        <translation>rien ne peut être appris des fichiers de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>gates of at most {0} m</source>
        <translation>des portes d’au plus {0} m</translation>
    </message>
    <message>
        <source>{0} m</source>
        <translation>{0} m</translation>
    </message>
    <message>
        <source>add that length to the setting</source>
        <translation>ajoutez cette longueur au réglage</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} sweeps have gates longer than {3} m, the longest of denoise.gate_meters, and teach nothing</source>
        <translation>{0}&#xa0;: {1} des {2} balayages ont des portes de plus de {3} m, la plus grande longueur de denoise.gate_meters, et n’apprennent rien</translation>
    </message>
    <message>
        <source>{0}: not one of {1} sweeps is learnt from: they are kept for validation, or hold no {2}</source>
        <translation>{0}&#xa0;: rien n’est appris des {1} balayages&#xa0;: ils sont gardés pour la validation, ou ne contiennent pas ceci&#xa0;: {2}</translation>
    </message>
    <message>
        <source>even, connected rain beyond 8 km</source>
        <translation>pluie uniforme et étendue au-delà de 8 km</translation>
    </message>
    <message>
        <source>echoes</source>
        <translation>échos</translation>
    </message>
    <message>
        <source>no radar and no day is called &quot;{0}&quot; (denoise.hold_out): what is kept apart is chosen by chance</source>
        <translation>aucun radar ni jour ne s’appelle «&#xa0;{0}&#xa0;» (denoise.hold_out)&#xa0;: ce qui est mis à part est tiré au hasard</translation>
    </message>
    <message>
        <source>the rays of rain and of all echoes lie elsewhere</source>
        <translation>les rayons de la pluie et ceux de tous les échos ne coïncident pas</translation>
    </message>
</context>
<context>
    <name>draw</name>
    <message>
        <source>CPU painter</source>
        <translation>dessin par le processeur</translation>
    </message>
    <message>
        <source>3-D can&apos;t be drawn here</source>
        <translation>la 3-D ne peut pas être dessinée ici</translation>
    </message>
    <message>
        <source>install Mesa&apos;s libEGL (package libegl1); everything in 2-D works without</source>
        <translation>installez la libEGL de Mesa (paquet libegl1)&#x202f;; tout ce qui est en 2-D marche sans elle</translation>
    </message>
    <message>
        <source>the picture can&apos;t be drawn: {0}</source>
        <translation>l’image ne peut pas être dessinée&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the OpenGL driver hangs</source>
        <translation>le pilote OpenGL est bloqué</translation>
    </message>
    <message>
        <source>the OpenGL driver crashes (signal {0})</source>
        <translation>le pilote OpenGL plante (signal {0})</translation>
    </message>
    <message>
        <source>no OpenGL without a display ({0})</source>
        <translation>pas d’OpenGL sans écran ({0})</translation>
    </message>
    <message>
        <source>whether OpenGL works can&apos;t be found out ({0})</source>
        <translation>impossible de savoir si OpenGL fonctionne ({0})</translation>
    </message>
    <message>
        <source>OpenGL 3.2 through EGL</source>
        <translation>OpenGL 3.2 par EGL</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>VTK on {0}</source>
        <translation>VTK sur {0}</translation>
    </message>
</context>
<context>
    <name>embellie::ActionFinder</name>
    <message>
        <source>Find an action…</source>
        <translation>Trouver une action…</translation>
    </message>
    <message>
        <source>Lists everything that can be done here, with its keys (Ctrl+K)</source>
        <translation>Liste tout ce qu’on peut faire ici, avec les touches (Ctrl+K)</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Trouver une action</translation>
    </message>
</context>
<context>
    <name>embellie::DataTree</name>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Shows only sites, times, sweeps and moments with this text (Ctrl+F)</source>
        <translation>Ne montre que les sites, instants, balayages et moments qui contiennent ce texte (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter of the tree</source>
        <translation>Filtre de l’arbre</translation>
    </message>
    <message>
        <source>Open data</source>
        <translation>Données ouvertes</translation>
    </message>
    <message>
        <source>Nothing is open yet.
What you open is listed here: site, time, sweep, moment.</source>
        <translation>Rien n’est encore ouvert.
Ce que vous ouvrez figure ici&#xa0;: site, instant, balayage, moment.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>embellie::DataTreeModel</name>
    <message>
        <source>no time</source>
        <translation>sans date</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulé</translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n instant</numerusform>
            <numerusform>%n instants</numerusform>
        </translation>
    </message>
    <message>
        <source>1 sweep</source>
        <translation>1 balayage</translation>
    </message>
    <message numerus="yes">
        <source>%n sweeps</source>
        <translation>
            <numerusform>%n balayage</numerusform>
            <numerusform>%n balayages</numerusform>
        </translation>
    </message>
    <message>
        <source>grid</source>
        <translation>grille</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>classes</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n classe</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message>
        <source>site %1, %2 m above sea</source>
        <translation>site %1, %2 m au-dessus de la mer</translation>
    </message>
</context>
<context>
    <name>embellie::GoOnCard</name>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Opens again what was open, and shows what was shown: sweep, moments, colours, page (Ctrl+G)</source>
        <translation>Rouvre ce qui était ouvert et montre ce qui était montré&#xa0;: balayage, moments, couleurs, page (Ctrl+G)</translation>
    </message>
    <message>
        <source>Go on where you were</source>
        <translation>Reprendre là où vous en étiez</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
</context>
<context>
    <name>embellie::Inspector</name>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>Colours of the values; the first suits the quantity</source>
        <translation>Couleurs des valeurs&#x202f;; les premières conviennent à la grandeur</translation>
    </message>
    <message>
        <source>Traditional colours</source>
        <translation>Traditionnelles</translation>
    </message>
    <message>
        <source>The colours that weather services have long used; not made for every eye</source>
        <translation>Les couleurs employées depuis longtemps par les services météorologiques&#x202f;; elles ne conviennent pas à tous les yeux</translation>
    </message>
    <message>
        <source>Distance of the range rings about the radar, in kilometres</source>
        <translation>Écart entre les cercles de distance autour du radar, en kilomètres</translation>
    </message>
    <message>
        <source>by the zoom</source>
        <translation>selon le zoom</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>tous les %1</translation>
    </message>
    <message>
        <source>Azimuth lines</source>
        <translation>Lignes d’azimut</translation>
    </message>
    <message>
        <source>A line every 30° from the radar, clockwise from north</source>
        <translation>Une ligne tous les 30° depuis le radar, du nord dans le sens des aiguilles d’une montre</translation>
    </message>
    <message>
        <source>no echo</source>
        <translation>pas d’écho</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>pas mesuré</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>enlevé</translation>
    </message>
    <message>
        <source>out of range</source>
        <translation>hors de portée</translation>
    </message>
    <message>
        <source>Colours of gates that have no value, and why they have none</source>
        <translation>Couleurs des portes sans valeur, et pourquoi elles n’en ont pas</translation>
    </message>
    <message>
        <source>Range rings</source>
        <translation>Cercles</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>Valeurs absentes</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Layer: %1</source>
        <translation>Couche&#xa0;: %1</translation>
    </message>
    <message>
        <source>Lower and upper end of the colours; empty gives the usual ones back</source>
        <translation>Limites basse et haute des couleurs&#x202f;; vide rétablit les limites habituelles</translation>
    </message>
    <message>
        <source>Lower and upper end of the colours, in %1; empty gives the usual ones back</source>
        <translation>Limites basse et haute des couleurs, en %1&#x202f;; vide rétablit les limites habituelles</translation>
    </message>
    <message>
        <source>By the quantity</source>
        <translation>Selon la grandeur</translation>
    </message>
    <message>
        <source>“%1” is not a number; write one like %2</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas un nombre&#x202f;; écrivez-en un comme %2</translation>
    </message>
    <message>
        <source>The first limit must be below the second</source>
        <translation>La première limite doit être inférieure à la seconde</translation>
    </message>
    <message>
        <source>Limits, %1</source>
        <translation>Limites, %1</translation>
    </message>
</context>
<context>
    <name>embellie::LookPage</name>
    <message>
        <source>View</source>
        <translation>Vue</translation>
    </message>
    <message>
        <source>How the middle of the window is filled</source>
        <translation>Comment le milieu de la fenêtre est rempli</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Déplacer l’image</translation>
    </message>
    <message>
        <source>Change the colours</source>
        <translation>Changer les couleurs</translation>
    </message>
    <message>
        <source>Change the rings</source>
        <translation>Changer les cercles</translation>
    </message>
    <message>
        <source>Turn the picture</source>
        <translation>Tourner l’image</translation>
    </message>
    <message>
        <source>Choose the view</source>
        <translation>Choisir la vue</translation>
    </message>
    <message>
        <source>Choose what is shown</source>
        <translation>Choisir ce qui est montré</translation>
    </message>
    <message>
        <source>No further moment here.</source>
        <translation>Pas d’autre moment ici.</translation>
    </message>
    <message>
        <source>%1 was not measured here. Digits choose another moment.</source>
        <translation>%1 n’a pas été mesuré ici. Les chiffres choisissent un autre moment.</translation>
    </message>
    <message>
        <source>%1 has no picture on a plane: it is not a sweep or a map.</source>
        <translation>%1 n’a pas d’image plane&#xa0;: ce n’est ni un balayage ni une carte.</translation>
    </message>
    <message>
        <source>made by a model</source>
        <translation>produit par un modèle</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3-D</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2, sweeps as cones: %n</source>
        <translation>
            <numerusform>%1, %2, balayage en cône&#xa0;: %n</numerusform>
            <numerusform>%1, %2, balayages en cônes&#xa0;: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to show in 3-D: this is not a volume of sweeps with %1. Choose One moment above, or another moment.</source>
        <translation>Rien à montrer en 3-D&#xa0;: ce n’est pas un volume de balayages avec %1. Choisissez Un moment ci-dessus, ou un autre moment.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>no file open</source>
        <translation>aucun fichier ouvert</translation>
    </message>
    <message>
        <source>, %1 UTC</source>
        <translation>, %1 UTC</translation>
    </message>
    <message>
        <source>%1 panes %2 ms</source>
        <translation>%1 vues %2 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>See what is in the files: sweeps, grids, times</source>
        <translation>Voir ce que contiennent les fichiers&#xa0;: balayages, grilles, instants</translation>
    </message>
    <message>
        <source>Next time</source>
        <translation>Instant suivant</translation>
    </message>
    <message>
        <source>Shows the next time of this site or product</source>
        <translation>Montre l’instant suivant de ce site ou de ce produit</translation>
    </message>
    <message>
        <source>Previous time</source>
        <translation>Instant précédent</translation>
    </message>
    <message>
        <source>Shows the time before this one</source>
        <translation>Montre l’instant d’avant</translation>
    </message>
    <message>
        <source>Sweep above</source>
        <translation>Balayage au-dessus</translation>
    </message>
    <message>
        <source>Shows the next higher sweep or level</source>
        <translation>Montre le balayage ou le niveau du dessus</translation>
    </message>
    <message>
        <source>Sweep below</source>
        <translation>Balayage au-dessous</translation>
    </message>
    <message>
        <source>Shows the next lower sweep or level</source>
        <translation>Montre le balayage ou le niveau du dessous</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>Alterner</translation>
    </message>
    <message>
        <source>Swaps the field with the one shown before</source>
        <translation>Échange le champ avec celui montré avant</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout montrer</translation>
    </message>
    <message>
        <source>Shows the whole field again, as a double click does</source>
        <translation>Montre de nouveau le champ entier, comme un double clic</translation>
    </message>
    <message>
        <source>Copy the read-out</source>
        <translation>Copier la lecture</translation>
    </message>
    <message>
        <source>Puts the values under the cursor on the clipboard, as text</source>
        <translation>Met les valeurs sous le curseur dans le presse-papiers, en texte</translation>
    </message>
    <message>
        <source>Moment %1</source>
        <translation>Moment %1</translation>
    </message>
    <message>
        <source>Shows moment %1 of this sweep in the active pane; a letter chooses by name</source>
        <translation>Montre le moment %1 de ce balayage dans la vue active&#x202f;; une lettre choisit par le nom</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>Vue&#xa0;: %1</translation>
    </message>
    <message>
        <source>Filter the tree</source>
        <translation>Filtrer l’arbre</translation>
    </message>
    <message>
        <source>Goes to the filter line of the tree</source>
        <translation>Va à la ligne de filtre de l’arbre</translation>
    </message>
    <message>
        <source>Fold the tree</source>
        <translation>Replier l’arbre</translation>
    </message>
    <message>
        <source>Hides the tree, or shows it again</source>
        <translation>Cache l’arbre, ou le montre de nouveau</translation>
    </message>
    <message>
        <source>Fold the right side</source>
        <translation>Replier le côté droit</translation>
    </message>
    <message>
        <source>Hides the form and the read-out, or shows them again</source>
        <translation>Cache le formulaire et la lecture, ou les montre de nouveau</translation>
    </message>
    <message>
        <source>Save view…</source>
        <translation>Enregistrer la vue…</translation>
    </message>
    <message>
        <source>Writes what is shown as a small file for embellie --view</source>
        <translation>Écrit ce qui est montré dans un petit fichier pour embellie --view</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Takes the last choice back</source>
        <translation>Revient sur le dernier choix</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Does what was undone once more</source>
        <translation>Refait ce qui a été annulé</translation>
    </message>
    <message>
        <source>Takes back: %1 (Ctrl+Z)</source>
        <translation>Revient sur&#xa0;: %1 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Enregistrer la vue</translation>
    </message>
    <message>
        <source>View (*.json)</source>
        <translation>Vue (*.json)</translation>
    </message>
    <message>
        <source>Saving the view</source>
        <translation>Enregistrement de la vue</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read here.</source>
        <translation>%1 est illisible ici.</translation>
    </message>
    <message>
        <source>In 3-D no single gate lies under the cursor. For values choose One moment above and point at the field.</source>
        <translation>En 3-D, aucune porte ne se trouve seule sous le curseur. Pour lire des valeurs, choisissez Un moment ci-dessus et pointez le champ.</translation>
    </message>
    <message>
        <source>Point at the field: its values stand here. A click keeps the place, Escape frees it.</source>
        <translation>Pointez le champ&#xa0;: ses valeurs s’affichent ici. Un clic retient l’endroit, Échap le libère.</translation>
    </message>
</context>
<context>
    <name>embellie::MainWindow</name>
    <message>
        <source>Looking for OpenGL</source>
        <translation>Recherche d’OpenGL</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Opens one or more files: radar volumes, scans, grids</source>
        <translation>Ouvre un ou plusieurs fichiers&#xa0;: volumes radar, balayages, grilles</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Opens all files of a folder as one set, or a run</source>
        <translation>Ouvre tous les fichiers d’un dossier comme un ensemble, ou un entraînement</translation>
    </message>
    <message>
        <source>Open the built-in scene</source>
        <translation>Ouvrir la scène intégrée</translation>
    </message>
    <message>
        <source>Rain and ground echoes with a known truth, simulated here</source>
        <translation>Pluie et échos de sol dont la vérité est connue, simulés ici</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Enregistrer l’image…</translation>
    </message>
    <message>
        <source>Writes what is shown as a PNG picture</source>
        <translation>Écrit ce qui est montré comme image PNG</translation>
    </message>
    <message>
        <source>Close the data shown</source>
        <translation>Fermer les données montrées</translation>
    </message>
    <message>
        <source>Closes the site or product that is shown</source>
        <translation>Ferme le site ou le produit montré</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
    <message>
        <source>Changes between the light and the dark theme</source>
        <translation>Passe du thème clair au thème sombre, ou l’inverse</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Fills the screen, or gives it back</source>
        <translation>Remplit l’écran, ou le rend</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Trouver une action…</translation>
    </message>
    <message>
        <source>Lists everything that can be done here</source>
        <translation>Liste tout ce qu’on peut faire ici</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Closes the window; trainers go on</source>
        <translation>Ferme la fenêtre&#x202f;; les entraînements continuent</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Aller à %1</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récents</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Ouverture</translation>
    </message>
    <message>
        <source> UTC</source>
        <translation> UTC</translation>
    </message>
    <message>
        <source>What was dropped is not a file of this computer; save it first.</source>
        <translation>Ce qui a été déposé n’est pas un fichier de cet ordinateur&#x202f;; enregistrez-le d’abord.</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Ouvrir des fichiers</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Enregistrer l’image</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>Image PNG (*.png)</translation>
    </message>
    <message>
        <source>Saving the picture</source>
        <translation>Enregistrement de l’image</translation>
    </message>
    <message>
        <source>display line: %1 kB a picture, %2 pictures a second</source>
        <translation>ligne de l’affichage&#xa0;: %1 ko par image, %2 images par seconde</translation>
    </message>
    <message>
        <source>Go on where you were</source>
        <translation>Reprendre là où vous en étiez</translation>
    </message>
    <message>
        <source>Opens again what was open, chosen and shown in the window that was closed, or ended, last</source>
        <translation>Rouvre ce qui était ouvert, choisi et montré dans la fenêtre fermée ou interrompue en dernier</translation>
    </message>
    <message>
        <source>Open workspace…</source>
        <translation>Ouvrir un espace de travail…</translation>
    </message>
    <message>
        <source>Opens all that a workspace names, and shows what it showed</source>
        <translation>Ouvre tout ce que nomme un espace de travail et montre ce qu’il montrait</translation>
    </message>
    <message>
        <source>Save workspace…</source>
        <translation>Enregistrer l’espace de travail…</translation>
    </message>
    <message>
        <source>Writes what is open, chosen and shown as a small file that opens like any other</source>
        <translation>Écrit ce qui est ouvert, choisi et montré dans un petit fichier qui s’ouvre comme les autres</translation>
    </message>
    <message>
        <source>There is nothing to go on with yet: what is open is kept from now on.</source>
        <translation>Il n’y a encore rien à reprendre&#xa0;: ce qui est ouvert est conservé à partir de maintenant.</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>Ouvrir un espace de travail</translation>
    </message>
    <message>
        <source>Workspace (*.json)</source>
        <translation>Espace de travail (*.json)</translation>
    </message>
    <message>
        <source>Save workspace</source>
        <translation>Enregistrer l’espace de travail</translation>
    </message>
    <message>
        <source>Saving the workspace</source>
        <translation>Enregistrement de l’espace de travail</translation>
    </message>
    <message>
        <source>Opening the built-in scene</source>
        <translation>Ouverture de la scène intégrée</translation>
    </message>
</context>
<context>
    <name>embellie::ProblemStrip</name>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Takes these lines away</source>
        <translation>Retire ces lignes</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embellie::ReadoutPanel</name>
    <message>
        <source>Values of all moments at the gate under the cursor; a click on the field keeps it there</source>
        <translation>Valeurs de tous les moments à la porte sous le curseur&#x202f;; un clic sur le champ la retient</translation>
    </message>
    <message>
        <source>Under the cursor</source>
        <translation>Sous le curseur</translation>
    </message>
</context>
<context>
    <name>embellie::Session</name>
    <message>
        <source>Opening %1</source>
        <translation>Ouverture de %1</translation>
    </message>
    <message numerus="yes">
        <source>Opening %n files</source>
        <translation>
            <numerusform>Ouverture de %n fichier</numerusform>
            <numerusform>Ouverture de %n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Lecture de %1</translation>
    </message>
</context>
<context>
    <name>embellie::StartPage</name>
    <message>
        <source>Open the scene</source>
        <translation>Ouvrir la scène</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récents</translation>
    </message>
    <message>
        <source>Open a field, or start with the built-in scene</source>
        <translation>Ouvrez un champ, ou commencez par la scène intégrée</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere in this window. Radar: ODIM_H5, CfRadial. Satellite and grids: NetCDF. What a file holds decides, not its name.</source>
        <translation>Déposez des fichiers ou des dossiers n’importe où dans cette fenêtre. Radar&#xa0;: ODIM_H5, CfRadial. Satellites et grilles&#xa0;: NetCDF. C’est le contenu du fichier qui décide, pas son nom.</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Chooses one or more files (Ctrl+O)</source>
        <translation>Choisit un ou plusieurs fichiers (Ctrl+O)</translation>
    </message>
    <message>
        <source>Opens all files of a folder as one set (Ctrl+Shift+O)</source>
        <translation>Ouvre tous les fichiers d’un dossier comme un ensemble (Ctrl+Maj+O)</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>Déposez ici</translation>
    </message>
    <message>
        <source>or</source>
        <translation>ou</translation>
    </message>
    <message>
        <source>Simulates a radar with rain and ground echoes on this computer, and shows it</source>
        <translation>Simule sur cet ordinateur un radar avec de la pluie et des échos de sol, et le montre</translation>
    </message>
    <message>
        <source>Built-in scene</source>
        <translation>Scène intégrée</translation>
    </message>
    <message>
        <source>Rain and ground echoes with a known truth. No file, no network, no GPU needed.</source>
        <translation>Pluie et échos de sol dont la vérité est connue. Ni fichier, ni réseau, ni GPU nécessaires.</translation>
    </message>
    <message>
        <source>From here to a cleaned field in five clicks; a small network learns for about 30 seconds on this computer:</source>
        <translation>D’ici à un champ nettoyé en cinq clics&#x202f;; un petit réseau apprend environ 30 secondes sur cet ordinateur&#xa0;:</translation>
    </message>
    <message>
        <source>Open the built-in scene</source>
        <translation>Ouvrir la scène intégrée</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entraîner</translation>
    </message>
    <message>
        <source>Train here</source>
        <translation>Entraîner ici</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Juger</translation>
    </message>
    <message>
        <source>Show cleaned</source>
        <translation>Montrer nettoyé</translation>
    </message>
    <message>
        <source>Built-in scene: raw</source>
        <translation>Scène intégrée&#xa0;: brut</translation>
    </message>
    <message>
        <source>its rain alone: the known truth</source>
        <translation>sa pluie seule&#xa0;: la vérité connue</translation>
    </message>
    <message>
        <source>Drawing the built-in scene</source>
        <translation>Dessin de la scène intégrée</translation>
    </message>
    <message>
        <source>Looking for recent files</source>
        <translation>Recherche des fichiers récents</translation>
    </message>
    <message>
        <source>not found: moved or deleted</source>
        <translation>introuvable&#xa0;: déplacé ou supprimé</translation>
    </message>
</context>
<context>
    <name>embellie::StatusStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Stops this work; nothing half done is left</source>
        <translation>Arrête ce travail&#x202f;; rien d’inachevé ne reste</translation>
    </message>
</context>
<context>
    <name>embellie::TimeBar</name>
    <message>
        <source>Times and sweeps</source>
        <translation>Instants et balayages</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>◂ ▸ time, ▴ ▾ sweep</source>
        <translation>◂ ▸ instant, ▴ ▾ balayage</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>lacune</translation>
    </message>
    <message>
        <source>Times (UTC) and sweeps of what is shown; a click chooses</source>
        <translation>Instants (UTC) et balayages de ce qui est montré&#x202f;; un clic choisit</translation>
    </message>
    <message>
        <source>%1, %2 UTC</source>
        <translation>%1, %2 UTC</translation>
    </message>
</context>
<context>
    <name>embellie::VolumePane</name>
    <message>
        <source>height × %1, seen from %2; drag turns, wheel zooms</source>
        <translation>hauteur × %1, vue depuis %2&#x202f;; glisser tourne, la molette zoome</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>; expected {0}</source>
        <translation>&#x202f;; attendu&#xa0;: {0}</translation>
    </message>
    <message>
        <source>, found {0}</source>
        <translation>, trouvé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>; found {0}</source>
        <translation>&#x202f;; trouvé&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>field</name>
    <message>
        <source>the cells of {0} don&apos;t fit its geometry</source>
        <translation>les cellules de {0} ne correspondent pas à sa géométrie</translation>
    </message>
    <message>
        <source>{0} cells</source>
        <translation>{0} cellules</translation>
    </message>
    <message>
        <source>{0} values and {1} states</source>
        <translation>{0} valeurs et {1} états</translation>
    </message>
</context>
<context>
    <name>file</name>
    <message>
        <source>the system&apos;s answer &quot;{0}&quot;</source>
        <translation>la réponse du système&#xa0;: «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>free some space on that disk, or choose another folder</source>
        <translation>libérez de la place sur ce disque, ou choisissez un autre dossier</translation>
    </message>
    <message>
        <source>ask for the permission, or choose another folder</source>
        <translation>demandez l’autorisation, ou choisissez un autre dossier</translation>
    </message>
    <message>
        <source>check the name</source>
        <translation>vérifiez le nom</translation>
    </message>
    <message>
        <source>the file can&apos;t be read</source>
        <translation>le fichier ne peut pas être lu</translation>
    </message>
    <message>
        <source>the file can&apos;t be written</source>
        <translation>le fichier ne peut pas être écrit</translation>
    </message>
    <message>
        <source>the program&apos;s resources are missing</source>
        <translation>les ressources du programme manquent</translation>
    </message>
    <message>
        <source>a folder share/embellie beside the program&apos;s folder</source>
        <translation>un dossier share/embellie à côté du dossier du programme</translation>
    </message>
    <message>
        <source>install the program again, or set EMBELLIE_RESOURCES</source>
        <translation>réinstallez le programme, ou définissez EMBELLIE_RESOURCES</translation>
    </message>
    <message>
        <source>the folder can&apos;t be made</source>
        <translation>le dossier ne peut pas être créé</translation>
    </message>
</context>
<context>
    <name>form</name>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} à {1}</translation>
    </message>
    <message>
        <source>at least {0}</source>
        <translation>au moins {0}</translation>
    </message>
    <message>
        <source>at most {0}</source>
        <translation>au plus {0}</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>on</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>off</source>
        <translation>non</translation>
    </message>
    <message>
        <source>default {0}</source>
        <translation>par défaut {0}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Show or hide the settings that are rarely changed</source>
        <translation>Montrer ou cacher les réglages qu’on change rarement</translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>{0} sur {1} montrés</translation>
    </message>
    <message>
        <source>advanced</source>
        <translation>avancés</translation>
    </message>
</context>
<context>
    <name>gpu</name>
    <message>
        <source>{0} of {1} GB used</source>
        <translation>{0} sur {1} Go utilisés</translation>
    </message>
    <message>
        <source>{0} % busy</source>
        <translation>occupé à {0}&#xa0;%</translation>
    </message>
    <message>
        <source>{0} °C</source>
        <translation>{0} °C</translation>
    </message>
    <message>
        <source>somebody not seen from here</source>
        <translation>quelqu’un d’invisible d’ici</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} GB</source>
        <translation>{0}&#xa0;: {1}, {2} Go</translation>
    </message>
    <message>
        <source>Holding {0} GPU, {1} GB</source>
        <translation>{0} GPU retenu, {1} Go</translation>
    </message>
    <message>
        <source>Holding {0} GPUs, {1} GB</source>
        <translation>{0} GPU retenus, {1} Go</translation>
    </message>
    <message>
        <source>GPUs of {0}:</source>
        <translation>GPU de {0}&#xa0;:</translation>
    </message>
    <message>
        <source>Run {0} on {1} holds {2} GPU, {3} GB</source>
        <translation>L’entraînement {0} sur {1} retient {2} GPU, {3} Go</translation>
    </message>
    <message>
        <source>GPU given back</source>
        <translation>GPU rendu</translation>
    </message>
    <message>
        <source>No GPU held</source>
        <translation>Aucun GPU retenu</translation>
    </message>
    <message>
        <source>No GPU here</source>
        <translation>Pas de GPU ici</translation>
    </message>
</context>
<context>
    <name>io</name>
    <message>
        <source>its variable {0} lies on a grid</source>
        <translation>sa variable {0} est sur une grille</translation>
    </message>
    <message>
        <source>none of its variables lies on a grid</source>
        <translation>aucune de ses variables n’est sur une grille</translation>
    </message>
    <message>
        <source>the netCDF file has no fields</source>
        <translation>le fichier netCDF n’a pas de champ</translation>
    </message>
    <message>
        <source>a variable over latitude and longitude, or over projected axes</source>
        <translation>une variable sur la latitude et la longitude, ou sur des axes projetés</translation>
    </message>
    <message>
        <source>the grid has no cells</source>
        <translation>la grille n’a pas de cellules</translation>
    </message>
    <message>
        <source>the dimension {0} of size 0</source>
        <translation>la dimension {0} de taille 0</translation>
    </message>
    <message>
        <source>the coordinates along {0} can&apos;t be used</source>
        <translation>les coordonnées le long de {0} sont inutilisables</translation>
    </message>
    <message>
        <source>numbers that only grow, or only fall</source>
        <translation>des nombres qui ne font que croître, ou que décroître</translation>
    </message>
    <message>
        <source>{0} at index {1}</source>
        <translation>{0} à l’indice {1}</translation>
    </message>
    <message>
        <source>ask those who made the file</source>
        <translation>demandez à ceux qui ont fait le fichier</translation>
    </message>
    <message>
        <source>the projection &quot;{0}&quot; isn&apos;t known</source>
        <translation>la projection «&#xa0;{0}&#xa0;» est inconnue</translation>
    </message>
    <message>
        <source>a grid mapping of the CF conventions, or its crs_wkt</source>
        <translation>un grid mapping des conventions CF, ou son crs_wkt</translation>
    </message>
    <message>
        <source>the latitudes are all missing</source>
        <translation>toutes les latitudes manquent</translation>
    </message>
    <message>
        <source>it is not a netCDF file</source>
        <translation>ce n’est pas un fichier netCDF</translation>
    </message>
    <message>
        <source>CF grid</source>
        <translation>grille CF</translation>
    </message>
    <message>
        <source>Grids and swaths in netCDF by the CF conventions</source>
        <translation>Grilles et fauchées en netCDF selon les conventions CF</translation>
    </message>
    <message>
        <source>the result can&apos;t be written: {0}</source>
        <translation>le résultat ne peut pas être écrit&#xa0;: {0}</translation>
    </message>
    <message>
        <source>copy the input with &quot;nccopy&quot; and clean the copy</source>
        <translation>copiez le fichier d’entrée avec «&#xa0;nccopy&#xa0;» et nettoyez la copie</translation>
    </message>
    <message>
        <source>the result does not have the shape of its sweep</source>
        <translation>le résultat n’a pas la forme de son balayage</translation>
    </message>
    <message>
        <source>the result can&apos;t be written</source>
        <translation>le résultat ne peut pas être écrit</translation>
    </message>
    <message>
        <source>it has no rays over time and range</source>
        <translation>il n’a pas de rayons sur le temps et la distance</translation>
    </message>
    <message>
        <source>its Conventions say CF/Radial</source>
        <translation>ses Conventions disent CF/Radial</translation>
    </message>
    <message>
        <source>it has rays over time and range, and sweeps</source>
        <translation>il a des rayons sur le temps et la distance, et des balayages</translation>
    </message>
    <message>
        <source>it has rays over time and range</source>
        <translation>il a des rayons sur le temps et la distance</translation>
    </message>
    <message>
        <source>the variable {0} is missing</source>
        <translation>la variable {0} manque</translation>
    </message>
    <message>
        <source>numbers, as CfRadial asks</source>
        <translation>des nombres, comme le demande CfRadial</translation>
    </message>
    <message>
        <source>the place of the radar can&apos;t be used: {0}</source>
        <translation>la position du radar est inutilisable&#xa0;: {0}</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un nombre</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>the file has no gates</source>
        <translation>le fichier n’a pas de portes</translation>
    </message>
    <message>
        <source>rays over time and gates over range</source>
        <translation>des rayons sur le temps et des portes sur la distance</translation>
    </message>
    <message>
        <source>{0} by {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>the geometry can&apos;t be used: {0}</source>
        <translation>la géométrie est inutilisable&#xa0;: {0}</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>the file has rays but no moments</source>
        <translation>le fichier a des rayons mais pas de moments</translation>
    </message>
    <message>
        <source>variables over (time, range) or over n_points</source>
        <translation>des variables sur (time, range) ou sur n_points</translation>
    </message>
    <message>
        <source>the ragged rays can&apos;t be followed</source>
        <translation>les rayons de longueur variable ne peuvent pas être suivis</translation>
    </message>
    <message>
        <source>indices inside {0} points</source>
        <translation>des indices à l’intérieur de {0} points</translation>
    </message>
    <message>
        <source>CfRadial 1</source>
        <translation>CfRadial 1</translation>
    </message>
    <message>
        <source>Radar and lidar sweeps in netCDF: PPI, RHI, vertical pointing</source>
        <translation>Balayages radar et lidar en netCDF&#xa0;: PPI, RHI, visée verticale</translation>
    </message>
    <message>
        <source>CfRadial 2</source>
        <translation>CfRadial 2</translation>
    </message>
    <message>
        <source>Radar and lidar sweeps in groups of netCDF-4 (WMO FM 301)</source>
        <translation>Balayages radar et lidar dans des groupes netCDF-4 (FM 301 de l’OMM)</translation>
    </message>
    <message>
        <source>its rays are in no group</source>
        <translation>ses rayons ne sont dans aucun groupe</translation>
    </message>
    <message>
        <source>it has no group with range, azimuth and elevation</source>
        <translation>il n’a pas de groupe avec range, azimuth et elevation</translation>
    </message>
    <message>
        <source>its group {0} has range, azimuth and elevation</source>
        <translation>son groupe {0} contient range, azimuth et elevation</translation>
    </message>
    <message>
        <source>variables over the rays and the range of a sweep</source>
        <translation>des variables sur les rayons et la distance d’un balayage</translation>
    </message>
    <message>
        <source>the radar moves while it measures</source>
        <translation>le radar se déplace pendant la mesure</translation>
    </message>
    <message>
        <source>one place for all rays</source>
        <translation>un seul lieu pour tous les rayons</translation>
    </message>
    <message>
        <source>places {0} m apart</source>
        <translation>des lieux distants de {0}&#xa0;m</translation>
    </message>
    <message>
        <source>use data of a radar that stands still</source>
        <translation>utilisez les données d’un radar immobile</translation>
    </message>
    <message>
        <source>the file has no array &quot;{0}&quot;</source>
        <translation>le fichier n’a pas de tableau «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of its {0} arrays, such as {1}</source>
        <translation>l’un de ses {0} tableaux, comme {1}</translation>
    </message>
    <message>
        <source>see &quot;embellie-cli info&quot; for the list</source>
        <translation>voyez la liste avec «&#xa0;embellie-cli info&#xa0;»</translation>
    </message>
    <message>
        <source>the folder can&apos;t be read</source>
        <translation>le dossier ne peut pas être lu</translation>
    </message>
    <message>
        <source>the folder holds no files</source>
        <translation>le dossier ne contient aucun fichier</translation>
    </message>
    <message>
        <source>choose a folder with radar or satellite files</source>
        <translation>choisissez un dossier de fichiers radar ou satellite</translation>
    </message>
    <message>
        <source>none of the {0} files can be read</source>
        <translation>aucun des {0} fichiers ne peut être lu</translation>
    </message>
    <message>
        <source>first of all this: {0}</source>
        <translation>d’abord celui-ci&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the HDF5 file can&apos;t be made</source>
        <translation>le fichier HDF5 ne peut pas être créé</translation>
    </message>
    <message>
        <source>check that there is enough memory</source>
        <translation>vérifiez qu’il y a assez de mémoire</translation>
    </message>
    <message>
        <source>there is no sweep {0} in the input</source>
        <translation>il n’y a pas de balayage {0} dans l’entrée</translation>
    </message>
    <message>
        <source>{0} has a ray_header and moments</source>
        <translation>{0} a un ray_header et des moments</translation>
    </message>
    <message>
        <source>it has no scan0 with ray_header and moments</source>
        <translation>il n’a pas de scan0 avec ray_header et moments</translation>
    </message>
    <message>
        <source>the range of the values can&apos;t be used</source>
        <translation>l’étendue des valeurs est inutilisable</translation>
    </message>
    <message>
        <source>numbers dyn_range_min and dyn_range_max, the second larger</source>
        <translation>des nombres dyn_range_min et dyn_range_max, le second plus grand</translation>
    </message>
    <message>
        <source>the file has no arrays</source>
        <translation>le fichier n’a pas de tableaux</translation>
    </message>
    <message>
        <source>scan0/moment_0</source>
        <translation>scan0/moment_0</translation>
    </message>
    <message>
        <source>the array has another size than its neighbours</source>
        <translation>le tableau n’a pas la taille de ses voisins</translation>
    </message>
    <message>
        <source>the array is packed in another way than known</source>
        <translation>le tableau est codé autrement que prévu</translation>
    </message>
    <message>
        <source>unsigned numbers of 8 to 32 bits, or real numbers</source>
        <translation>des nombres non signés de 8 à 32 bits, ou des réels</translation>
    </message>
    <message>
        <source>the angles of the rays are missing</source>
        <translation>les angles des rayons manquent</translation>
    </message>
    <message>
        <source>a table of {0} rays</source>
        <translation>une table de {0} rayons</translation>
    </message>
    <message>
        <source>{0} rays</source>
        <translation>{0} rayons</translation>
    </message>
    <message>
        <source>the array can&apos;t be read, the file is damaged</source>
        <translation>le tableau ne peut pas être lu, le fichier est endommagé</translation>
    </message>
    <message>
        <source>fetch the file again</source>
        <translation>récupérez le fichier de nouveau</translation>
    </message>
    <message>
        <source>the sweep has no gates</source>
        <translation>le balayage n’a pas de portes</translation>
    </message>
    <message>
        <source>an array of rays by gates</source>
        <translation>un tableau de rayons par portes</translation>
    </message>
    <message>
        <source>it is not an HDF5 file</source>
        <translation>ce n’est pas un fichier HDF5</translation>
    </message>
    <message>
        <source>GAMIC HDF5</source>
        <translation>HDF5 de GAMIC</translation>
    </message>
    <message>
        <source>Radar sweeps and volumes as GAMIC&apos;s signal processors write them</source>
        <translation>Balayages et volumes radar tels que les écrivent les processeurs de signal de GAMIC</translation>
    </message>
    <message>
        <source>it has no overview</source>
        <translation>il n’a pas d’overview</translation>
    </message>
    <message>
        <source>it has an overview, a radar and scans of KNMI&apos;s</source>
        <translation>il a un overview, un radar et des scans du KNMI</translation>
    </message>
    <message>
        <source>it has an overview and images of KNMI&apos;s</source>
        <translation>il a un overview et des images du KNMI</translation>
    </message>
    <message>
        <source>it has no scans or images of KNMI&apos;s</source>
        <translation>il n’a ni scans ni images du KNMI</translation>
    </message>
    <message>
        <source>Swaths of the radars and radiometers of GPM and TRMM</source>
        <translation>Fauchées des radars et radiomètres de GPM et TRMM</translation>
    </message>
    <message>
        <source>GPM HDF5</source>
        <translation>HDF5 de GPM</translation>
    </message>
    <message>
        <source>a group with Latitude, Longitude and arrays over them</source>
        <translation>un groupe avec Latitude, Longitude et des tableaux sur elles</translation>
    </message>
    <message>
        <source>its FileHeader names {0}, and {1} is a swath</source>
        <translation>son FileHeader nomme {0}, et {1} est une fauchée</translation>
    </message>
    <message>
        <source>it has no swath with Latitude and Longitude</source>
        <translation>il n’a pas de fauchée avec Latitude et Longitude</translation>
    </message>
    <message>
        <source>it has no FileHeader that names a satellite</source>
        <translation>il n’a pas de FileHeader qui nomme un satellite</translation>
    </message>
    <message>
        <source>Cloud products of NWC SAF for Meteosat, up to v2013</source>
        <translation>Produits nuageux du NWC SAF pour Meteosat, jusqu’à la v2013</translation>
    </message>
    <message>
        <source>NWC SAF HDF5</source>
        <translation>HDF5 du NWC SAF</translation>
    </message>
    <message>
        <source>it has no image</source>
        <translation>il n’a pas d’image</translation>
    </message>
    <message>
        <source>it is a product of NWC SAF with the image {0}</source>
        <translation>c’est un produit du NWC SAF avec l’image {0}</translation>
    </message>
    <message>
        <source>it is no product of NWC SAF</source>
        <translation>ce n’est pas un produit du NWC SAF</translation>
    </message>
    <message>
        <source>KNMI HDF5</source>
        <translation>HDF5 du KNMI</translation>
    </message>
    <message>
        <source>Composites and volumes of the Dutch weather service in its own HDF5</source>
        <translation>Mosaïques et volumes du service météorologique néerlandais dans son propre HDF5</translation>
    </message>
    <message>
        <source>a PROJ text</source>
        <translation>un texte PROJ</translation>
    </message>
    <message>
        <source>a longitude and a latitude</source>
        <translation>une longitude et une latitude</translation>
    </message>
    <message>
        <source>the formula of {0} can&apos;t be used</source>
        <translation>la formule de {0} est inutilisable</translation>
    </message>
    <message>
        <source>{0} as &quot;GEO=0.5*PV+-32.0&quot;</source>
        <translation>{0} comme «&#xa0;GEO=0.5*PV+-32.0&#xa0;»</translation>
    </message>
    <message>
        <source>the HDF5 file is damaged</source>
        <translation>le fichier HDF5 est endommagé</translation>
    </message>
    <message>
        <source>the file is cut off</source>
        <translation>le fichier est tronqué</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} octets</translation>
    </message>
    <message>
        <source>the array is missing</source>
        <translation>le tableau manque</translation>
    </message>
    <message>
        <source>the array does not hold plain numbers</source>
        <translation>le tableau ne contient pas de nombres simples</translation>
    </message>
    <message>
        <source>the netCDF file can&apos;t be read</source>
        <translation>le fichier netCDF ne peut pas être lu</translation>
    </message>
    <message>
        <source>the library&apos;s answer &quot;{0}&quot;</source>
        <translation>la réponse de la bibliothèque&#xa0;: «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the variable does not hold numbers</source>
        <translation>la variable ne contient pas de nombres</translation>
    </message>
    <message>
        <source>{0} dimensions</source>
        <translation>{0} dimensions</translation>
    </message>
    <message>
        <source>the ODIM_H5 object {0} isn&apos;t read</source>
        <translation>l’objet ODIM_H5 {0} n’est pas lu</translation>
    </message>
    <message>
        <source>PVOL, SCAN, ELEV, AZIM, COMP, IMAGE or CVOL</source>
        <translation>PVOL, SCAN, ELEV, AZIM, COMP, IMAGE ou CVOL</translation>
    </message>
    <message>
        <source>dataset1/data1/data</source>
        <translation>dataset1/data1/data</translation>
    </message>
    <message>
        <source>the size of the first array in {0}</source>
        <translation>la taille du premier tableau de {0}</translation>
    </message>
    <message>
        <source>the gain or the offset can&apos;t be used</source>
        <translation>le gain ou le décalage est inutilisable</translation>
    </message>
    <message>
        <source>two numbers, the gain not zero</source>
        <translation>deux nombres, le gain non nul</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} et {1}</translation>
    </message>
    <message>
        <source>the gain is missing, so {0} can&apos;t be given in {1}</source>
        <translation>le gain manque, {0} ne peut donc pas être donné en {1}</translation>
    </message>
    <message>
        <source>the attributes gain and offset</source>
        <translation>les attributs gain et offset</translation>
    </message>
    <message>
        <source>whole numbers without them</source>
        <translation>des entiers sans eux</translation>
    </message>
    <message>
        <source>what/object is {0}</source>
        <translation>what/object est {0}</translation>
    </message>
    <message>
        <source>it says ODIM_H5</source>
        <translation>il se dit ODIM_H5</translation>
    </message>
    <message>
        <source>it has no what/object of ODIM_H5</source>
        <translation>il n’a pas le what/object d’ODIM_H5</translation>
    </message>
    <message>
        <source>ODIM_H5</source>
        <translation>ODIM_H5</translation>
    </message>
    <message>
        <source>Radar volumes, scans, RHIs and composites of OPERA&apos;s information model</source>
        <translation>Volumes radar, balayages, RHI et composites selon le modèle d’information d’OPERA</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>observations at places (stations or reports) in netCDF</source>
        <translation>des observations ponctuelles (stations ou messages) en netCDF</translation>
    </message>
    <message>
        <source>netCDF without any field</source>
        <translation>netCDF sans aucun champ</translation>
    </message>
    <message>
        <source>netCDF whose variables ({0}) lie on no grid</source>
        <translation>netCDF dont les variables ({0}) ne sont sur aucune grille</translation>
    </message>
    <message>
        <source>HDF5 like GAMIC&apos;s, but without ray_header or moments (it has {0})</source>
        <translation>du HDF5 comme celui de GAMIC, mais sans ray_header ou sans moments (il a {0})</translation>
    </message>
    <message>
        <source>HDF5 like KNMI&apos;s images, but without an overview (it has {0})</source>
        <translation>du HDF5 comme les images du KNMI, mais sans overview (il a {0})</translation>
    </message>
    <message>
        <source>HDF5 with nothing in it</source>
        <translation>HDF5 sans contenu</translation>
    </message>
    <message>
        <source>HDF5 of another family (it has {0})</source>
        <translation>HDF5 d’une autre famille (il a {0})</translation>
    </message>
    <message>
        <source>the file can&apos;t be read</source>
        <translation>le fichier ne peut pas être lu</translation>
    </message>
    <message>
        <source>this is a folder, not a file</source>
        <translation>c’est un dossier, pas un fichier</translation>
    </message>
    <message>
        <source>name a file in it, or open the folder as a data set</source>
        <translation>nommez un fichier qu’il contient, ou ouvrez le dossier comme un ensemble de données</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>le fichier est vide</translation>
    </message>
    <message>
        <source>the file is of no family that is read here</source>
        <translation>le fichier n’est d’aucune famille lue ici</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>du texte simple</translation>
    </message>
    <message>
        <source>bytes that are neither HDF5 nor netCDF</source>
        <translation>des octets qui ne sont ni HDF5 ni netCDF</translation>
    </message>
    <message>
        <source>convert it to one of them first</source>
        <translation>convertissez-le d’abord en l’un d’eux</translation>
    </message>
    <message>
        <source>a result may not replace its input</source>
        <translation>un résultat ne doit pas remplacer son entrée</translation>
    </message>
    <message>
        <source>choose another folder for the results</source>
        <translation>choisissez un autre dossier pour les résultats</translation>
    </message>
    <message>
        <source>results can&apos;t be written for this file</source>
        <translation>aucun résultat ne peut être écrit pour ce fichier</translation>
    </message>
    <message>
        <source>sweeps of a radar</source>
        <translation>des balayages d’un radar</translation>
    </message>
    <message>
        <source>the window &quot;{0}&quot; can&apos;t be read</source>
        <translation>la fenêtre «&#xa0;{0}&#xa0;» ne peut pas être lue</translation>
    </message>
    <message>
        <source>AXIS=FROM:TO:STEP, with whole numbers counted from 0</source>
        <translation>AXE=DE:À:PAS, avec des entiers comptés à partir de 0</translation>
    </message>
    <message>
        <source>&quot;{0}&quot;</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the window &quot;{0}&quot; names no axis</source>
        <translation>la fenêtre «&#xa0;{0}&#xa0;» ne nomme aucun axe</translation>
    </message>
    <message>
        <source>AXIS=FROM:TO:STEP, as in ray=0:360:2,gate=100:200</source>
        <translation>AXE=DE:À:PAS, comme dans ray=0:360:2,gate=100:200</translation>
    </message>
    <message>
        <source>the window &quot;{0}&quot; is empty</source>
        <translation>la fenêtre «&#xa0;{0}&#xa0;» est vide</translation>
    </message>
    <message>
        <source>AXIS=FROM:TO:STEP with FROM below TO and STEP of 1 or more</source>
        <translation>AXE=DE:À:PAS avec DE inférieur à À et un PAS d’au moins 1</translation>
    </message>
    <message>
        <source>the array has no axis &quot;{0}&quot;</source>
        <translation>le tableau n’a pas d’axe «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the window lies outside the axis &quot;{0}&quot;</source>
        <translation>la fenêtre dépasse l’axe «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>indices from 0 to {0}</source>
        <translation>des indices de 0 à {0}</translation>
    </message>
    <message>
        <source>the array is packed by a filter that is not installed: {0}</source>
        <translation>le tableau est compressé par un filtre qui n’est pas installé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>name the folder of its plug-in in HDF5_PLUGIN_PATH, or pack the file anew by h5repack -f GZIP=4 where it can be read</source>
        <translation>indiquez le dossier de son greffon dans HDF5_PLUGIN_PATH, ou compressez le fichier à nouveau par h5repack -f GZIP=4 là où il est lisible</translation>
    </message>
    <message>
        <source>the result of {0} would replace another input</source>
        <translation>le résultat de {0} remplacerait un autre fichier d’entrée</translation>
    </message>
    <message>
        <source>{0}: it has no cells</source>
        <translation>{0}&#xa0;: il n’a pas de cellules</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0}: it does not lie on a grid</source>
        <translation>{0}&#xa0;: il n’est pas sur une grille</translation>
    </message>
    <message>
        <source>{0}: times of cells, which float32 does not hold to the second</source>
        <translation>{0}&#xa0;: les heures des cellules, que float32 ne tient pas à la seconde</translation>
    </message>
    <message>
        <source>{0}: the meanings of its numbers, which are not whole</source>
        <translation>{0}&#xa0;: le sens de ses nombres, qui ne sont pas entiers</translation>
    </message>
    <message>
        <source>{0}: the colours of its classes</source>
        <translation>{0}&#xa0;: les couleurs de ses classes</translation>
    </message>
    <message>
        <source>none of the arrays can be written</source>
        <translation>aucun des tableaux ne peut être écrit</translation>
    </message>
    <message>
        <source>see whether the disk is full, or choose another folder</source>
        <translation>voyez si le disque est plein, ou choisissez un autre dossier</translation>
    </message>
    <message>
        <source>the file does not say when it was measured</source>
        <translation>le fichier ne dit pas quand il a été mesuré</translation>
    </message>
    <message>
        <source>date and time, which every file of ODIM_H5 has</source>
        <translation>la date et l’heure, qu’a tout fichier ODIM_H5</translation>
    </message>
</context>
<context>
    <name>judge</name>
    <message>
        <source>the prediction failed: {0}</source>
        <translation>la prédiction a échoué&#xa0;: {0}</translation>
    </message>
    <message>
        <source>no file could be cleaned: {0}</source>
        <translation>aucun fichier n’a pu être nettoyé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Brut</translation>
    </message>
    <message>
        <source>Cleaned</source>
        <translation>Nettoyé</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>agree {0} gates</source>
        <translation>{0} portes d’accord</translation>
    </message>
    <message>
        <source>rain lost {0}</source>
        <translation>pluie perdue {0}</translation>
    </message>
    <message>
        <source>differ {0}</source>
        <translation>{0} diffèrent</translation>
    </message>
    <message>
        <source>echo left {0}</source>
        <translation>échos restants {0}</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>Curseur</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>brut</translation>
    </message>
    <message>
        <source>cleaned</source>
        <translation>nettoyé</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>référence</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>probabilité</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Juger</translation>
    </message>
    <message>
        <source>See raw, cleaned and reference side by side, with scores</source>
        <translation>Voir brut, nettoyé et référence côte à côte, avec les scores</translation>
    </message>
    <message>
        <source>Run {0}: {1}</source>
        <translation>Entraînement {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Result files…</source>
        <translation>Fichiers résultats…</translation>
    </message>
    <message>
        <source>Result files</source>
        <translation>Fichiers résultats</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>open a radar volume, or the built-in scene, on Look first</source>
        <translation>ouvrez d’abord un volume radar, ou la scène intégrée, dans Voir</translation>
    </message>
    <message>
        <source>train a network first, or choose result files above</source>
        <translation>entraînez d’abord un réseau, ou choisissez des fichiers résultats ci-dessus</translation>
    </message>
    <message>
        <source>result files are shown as they are</source>
        <translation>les fichiers résultats sont montrés tels quels</translation>
    </message>
    <message>
        <source>the network is at work</source>
        <translation>le réseau est au travail</translation>
    </message>
    <message>
        <source>the results do not belong to the sweep that is open: they have another site, angle, shape or time</source>
        <translation>les résultats ne correspondent pas au balayage ouvert&#xa0;: leur site, leur angle, leur forme ou leur date diffère</translation>
    </message>
    <message>
        <source>Computing scores</source>
        <translation>Calcul des scores</translation>
    </message>
    <message>
        <source>Clean on</source>
        <translation>Nettoyer sur</translation>
    </message>
    <message>
        <source>Show cleaned</source>
        <translation>Montrer nettoyé</translation>
    </message>
    <message>
        <source>Open the results in Look</source>
        <translation>Ouvrir les résultats dans Voir</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Candidat</translation>
    </message>
    <message>
        <source>The run whose network cleans, or result files made elsewhere</source>
        <translation>L’entraînement dont le réseau nettoie, ou des fichiers résultats faits ailleurs</translation>
    </message>
    <message>
        <source>The array that says what is rain</source>
        <translation>Le tableau qui dit ce qui est de la pluie</translation>
    </message>
    <message>
        <source>Clean what is open</source>
        <translation>Nettoyer ce qui est ouvert</translation>
    </message>
    <message>
        <source>Clean all sweeps of what is open with the candidate, in a process of its own</source>
        <translation>Nettoyer avec le candidat tous les balayages ouverts, dans un processus à part</translation>
    </message>
    <message>
        <source>Show the cleaned files like any other on the Look page</source>
        <translation>Montrer les fichiers nettoyés comme les autres dans la page Voir</translation>
    </message>
    <message>
        <source>The array that is cleaned</source>
        <translation>Le tableau qui est nettoyé</translation>
    </message>
    <message>
        <source>Raw array</source>
        <translation>Tableau brut</translation>
    </message>
    <message>
        <source>On this computer the run&apos;s weights are fetched first; over there the open files are sent</source>
        <translation>Sur cet ordinateur, les poids de l’entraînement sont d’abord rapportés&#x202f;; là-bas, les fichiers ouverts sont envoyés</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>cet ordinateur</translation>
    </message>
    <message>
        <source>Blink raw and cleaned</source>
        <translation>Alterner brut et nettoyé</translation>
    </message>
    <message>
        <source>Show the raw field in the cleaned pane, and back</source>
        <translation>Montrer le champ brut dans la vue nettoyée, puis l’inverse</translation>
    </message>
    <message>
        <source>Next time</source>
        <translation>Instant suivant</translation>
    </message>
    <message>
        <source>Go to the next volume</source>
        <translation>Aller au volume suivant</translation>
    </message>
    <message>
        <source>Previous time</source>
        <translation>Instant précédent</translation>
    </message>
    <message>
        <source>Go to the volume before</source>
        <translation>Aller au volume d’avant</translation>
    </message>
    <message>
        <source>Sweep above</source>
        <translation>Balayage au-dessus</translation>
    </message>
    <message>
        <source>Go to the next higher sweep</source>
        <translation>Aller au balayage du dessus</translation>
    </message>
    <message>
        <source>Sweep below</source>
        <translation>Balayage au-dessous</translation>
    </message>
    <message>
        <source>Go to the next lower sweep</source>
        <translation>Aller au balayage du dessous</translation>
    </message>
    <message>
        <source>cleaned and reference</source>
        <translation>nettoyé et référence</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>de {0}</translation>
    </message>
    <message>
        <source>made by run {0}</source>
        <translation>fait par l’entraînement {0}</translation>
    </message>
    <message>
        <source>Open a radar volume, or the built-in scene, on Look</source>
        <translation>Ouvrez un volume radar, ou la scène intégrée, dans Voir</translation>
    </message>
    <message>
        <source>Press Show cleaned below</source>
        <translation>Cliquez sur Montrer nettoyé ci-dessous</translation>
    </message>
    <message>
        <source>Train a network first; it then cleans what is open</source>
        <translation>Entraînez d’abord un réseau&#x202f;; il nettoie ensuite ce qui est ouvert</translation>
    </message>
    <message>
        <source>No reference: choose an array above, or judge by eye</source>
        <translation>Pas de référence&#xa0;: choisissez un tableau ci-dessus, ou jugez à l&apos;œil</translation>
    </message>
    <message>
        <source>What the radar service, or the simulation, says is rain</source>
        <translation>Ce que le service radar, ou la simulation, dit être de la pluie</translation>
    </message>
    <message>
        <source>Needs a cleaned field and a reference</source>
        <translation>Il faut un champ nettoyé et une référence</translation>
    </message>
    <message>
        <source>{0}, {1} sweep</source>
        <translation>{0}, {1} balayage</translation>
    </message>
    <message>
        <source>{0}, {1} sweeps</source>
        <translation>{0}, {1} balayages</translation>
    </message>
    <message>
        <source>cleaned by</source>
        <translation>nettoyé par</translation>
    </message>
    <message>
        <source>There is no reference in these data, so there are no scores. Judge by eye, or choose an array above.</source>
        <translation>Ces données n’ont pas de référence, il n’y a donc pas de scores. Jugez à l&apos;œil, ou choisissez un tableau ci-dessus.</translation>
    </message>
    <message>
        <source>Scores come here once there is a cleaned field.</source>
        <translation>Les scores s’affichent ici dès qu’il y a un champ nettoyé.</translation>
    </message>
    <message>
        <source>Computing the scores was cancelled. Another reference, or Show cleaned, begins anew.</source>
        <translation>Le calcul des scores a été annulé. Une autre référence, ou Montrer nettoyé, le recommence.</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>the rays lie elsewhere than those of the raw field</source>
        <translation>les rayons sont ailleurs que ceux du champ brut</translation>
    </message>
    <message>
        <source>the azimuths and gates of {0}</source>
        <translation>les azimuts et les portes de {0}</translation>
    </message>
    <message>
        <source>The network was trained on these very files: these numbers flatter it.</source>
        <translation>Le réseau a été entraîné sur ces fichiers mêmes&#xa0;: ces nombres le flattent.</translation>
    </message>
    <message>
        <source>The network was trained on simulated scenes like this one: these numbers say nothing about real data.</source>
        <translation>Le réseau a été entraîné sur des scènes simulées comme celle-ci&#xa0;: ces nombres ne disent rien des données réelles.</translation>
    </message>
    <message>
        <source>{0} minutes</source>
        <translation>{0} minutes</translation>
    </message>
    <message>
        <source>{0} hours</source>
        <translation>{0} heures</translation>
    </message>
    <message>
        <source>The network was trained on the same radar {0} apart: these numbers flatter it.</source>
        <translation>Le réseau a été entraîné sur le même radar, à {0} d’écart&#xa0;: ces nombres le flattent.</translation>
    </message>
    <message>
        <source>no file open</source>
        <translation>aucun fichier ouvert</translation>
    </message>
    <message>
        <source>sweep {0} of {1}</source>
        <translation>balayage {0} sur {1}</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>no echo</source>
        <translation>pas d’écho</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>enlevé</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>pas mesuré</translation>
    </message>
    <message>
        <source>out of range</source>
        <translation>hors de portée</translation>
    </message>
    <message>
        <source>How gates without a value are drawn</source>
        <translation>Comment sont dessinées les portes sans valeur</translation>
    </message>
    <message>
        <source>POD</source>
        <translation>POD</translation>
    </message>
    <message>
        <source>FAR</source>
        <translation>FAR</translation>
    </message>
    <message>
        <source>CSI</source>
        <translation>CSI</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Biais</translation>
    </message>
    <message>
        <source>Raw CSI</source>
        <translation>CSI brut</translation>
    </message>
    <message>
        <source>Raw bias</source>
        <translation>Biais brut</translation>
    </message>
    <message>
        <source>A gate is rain from this reflectivity on</source>
        <translation>Une porte est de la pluie à partir de cette réflectivité</translation>
    </message>
    <message>
        <source>Gates with rain in the reference</source>
        <translation>Portes de pluie dans la référence</translation>
    </message>
    <message>
        <source>Share of the rain that was kept, 0 to 1, best 1</source>
        <translation>Probabilité de détection&#xa0;: part de la pluie qui est gardée, de 0 à 1, idéal 1</translation>
    </message>
    <message>
        <source>Share of what was kept that is not rain, 0 to 1, best 0</source>
        <translation>Taux de fausses alarmes&#xa0;: part de ce qui est gardé sans être de la pluie, de 0 à 1, idéal 0</translation>
    </message>
    <message>
        <source>Rain in both, of rain in either, 0 to 1, best 1</source>
        <translation>Pluie dans les deux, sur pluie dans l’un ou l’autre, de 0 à 1, idéal 1</translation>
    </message>
    <message>
        <source>Gates kept over gates with rain, best 1</source>
        <translation>Portes gardées sur portes de pluie, idéal 1</translation>
    </message>
    <message>
        <source>CSI of the raw echoes, without any cleaning</source>
        <translation>CSI des échos bruts, sans aucun nettoyage</translation>
    </message>
    <message>
        <source>Bias of the raw echoes, without any cleaning</source>
        <translation>Biais des échos bruts, sans aucun nettoyage</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Portes</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvées</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Justes</translation>
    </message>
    <message>
        <source>Class in the reference</source>
        <translation>Classe dans la référence</translation>
    </message>
    <message>
        <source>Gates of this class in the reference</source>
        <translation>Portes de cette classe dans la référence</translation>
    </message>
    <message>
        <source>Gates of the class in both, of those in either, 0 to 1, best 1</source>
        <translation>Portes de la classe dans les deux, sur celles de l’un ou l’autre, de 0 à 1, idéal 1</translation>
    </message>
    <message>
        <source>Share of the class that was found, 0 to 1, best 1</source>
        <translation>Part de la classe qui est trouvée, de 0 à 1, idéal 1</translation>
    </message>
    <message>
        <source>Share of what was called so that is so, 0 to 1, best 1</source>
        <translation>Part juste de ce qui est appelé ainsi, de 0 à 1, idéal 1</translation>
    </message>
    <message>
        <source>Fewer than {0} gates: too few to trust</source>
        <translation>Moins de {0} portes&#xa0;: trop peu pour s’y fier</translation>
    </message>
    <message>
        <source>{0} % of the gates have the right class</source>
        <translation>{0}&#xa0;% des portes ont la bonne classe</translation>
    </message>
    <message>
        <source>Mean IoU {0}.</source>
        <translation>IoU moyen {0}.</translation>
    </message>
    <message>
        <source>CSI {0}.</source>
        <translation>CSI {0}.</translation>
    </message>
    <message>
        <source>CSI {0} raw, {1} cleaned.</source>
        <translation>CSI {0} brut, {1} nettoyé.</translation>
    </message>
    <message>
        <source>{0} sweep, {1} to {2} UTC; gates not measured are left out.</source>
        <translation>{0} balayage, de {1} à {2} UTC&#x202f;; les portes non mesurées sont écartées.</translation>
    </message>
    <message>
        <source>{0} sweeps, {1} to {2} UTC; gates not measured are left out.</source>
        <translation>{0} balayages, de {1} à {2} UTC&#x202f;; les portes non mesurées sont écartées.</translation>
    </message>
    <message>
        <source>From {0} dBZ only {1} gates are rain: too few to trust.</source>
        <translation>À partir de {0} dBZ, {1} portes seulement sont de la pluie&#xa0;: trop peu pour s’y fier.</translation>
    </message>
    <message>
        <source>Shipped: {0}</source>
        <translation>Fourni&#xa0;: {0}</translation>
    </message>
    <message>
        <source>made by the shipped network</source>
        <translation>fait par le réseau fourni</translation>
    </message>
    <message>
        <source>Needs results with a probability, and a reference that says what is rain</source>
        <translation>Il faut des résultats avec une probabilité, et une référence qui dit où il pleut</translation>
    </message>
    <message>
        <source>FAR, false share of what is kept</source>
        <translation>FAR, part fausse de ce qui est gardé</translation>
    </message>
    <message>
        <source>POD, share of rain kept</source>
        <translation>POD, part de pluie gardée</translation>
    </message>
    <message>
        <source>POD and FAR</source>
        <translation>POD et FAR</translation>
    </message>
    <message>
        <source>POD and FAR from {0} dBZ</source>
        <translation>POD et FAR dès {0} dBZ</translation>
    </message>
    <message>
        <source>Probability by the network</source>
        <translation>Probabilité selon le réseau</translation>
    </message>
    <message>
        <source>Share that is rain</source>
        <translation>Part de pluie</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>Fiabilité</translation>
    </message>
    <message>
        <source>Reliability from {0} dBZ</source>
        <translation>Fiabilité dès {0} dBZ</translation>
    </message>
    <message>
        <source>Cleaning by {0}</source>
        <translation>Nettoyage par {0}</translation>
    </message>
    <message>
        <source>Keep more echoes</source>
        <translation>Garder plus d’échos</translation>
    </message>
    <message>
        <source>Lower the threshold of the probability by 0.05</source>
        <translation>Abaisse de 0,05 le seuil de probabilité</translation>
    </message>
    <message>
        <source>Keep fewer echoes</source>
        <translation>Garder moins d’échos</translation>
    </message>
    <message>
        <source>Raise the threshold of the probability by 0.05</source>
        <translation>Relève de 0,05 le seuil de probabilité</translation>
    </message>
    <message>
        <source>Compare with the next method</source>
        <translation>Comparer à la méthode suivante</translation>
    </message>
    <message>
        <source>Go through the methods that need no learning</source>
        <translation>Passe en revue les méthodes sans apprentissage</translation>
    </message>
    <message>
        <source>Scores of {0}</source>
        <translation>Scores de {0}</translation>
    </message>
    <message>
        <source>A method without learning, by its usual settings: as a picture and in the table</source>
        <translation>Une méthode sans apprentissage, avec ses réglages habituels&#xa0;: en image et dans le tableau</translation>
    </message>
    <message>
        <source>no other method</source>
        <translation>aucune autre méthode</translation>
    </message>
    <message>
        <source>What the picture at the right shows</source>
        <translation>Ce que montre l’image de droite</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparer à</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Courbes</translation>
    </message>
    <message>
        <source>POD over FAR for every probability, and whether the probabilities mean what they say</source>
        <translation>POD selon FAR pour chaque probabilité, et si les probabilités disent vrai</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>Nettoyage</translation>
    </message>
    <message>
        <source>One point a threshold of the probability; the best corner is the upper left</source>
        <translation>Un point par seuil de probabilité&#xa0;; le meilleur coin est en haut à gauche</translation>
    </message>
    <message>
        <source>On the dashed line a probability means what it says; under it, it promises too much. Bars: share and number of the echoes</source>
        <translation>Sur la ligne tiretée, une probabilité dit vrai&#xa0;; en dessous, elle promet trop. Barres&#xa0;: part et nombre des échos</translation>
    </message>
    <message>
        <source>of rain from {0} dBZ</source>
        <translation>de pluie dès {0} dBZ</translation>
    </message>
    <message>
        <source>The method compared with</source>
        <translation>La méthode de comparaison</translation>
    </message>
    <message>
        <source>The results hold none</source>
        <translation>Les résultats n’en contiennent pas</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Probabilité</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Incertitude</translation>
    </message>
    <message>
        <source>rival</source>
        <translation>rivale</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>incertitude</translation>
    </message>
    <message>
        <source>needs {0}</source>
        <translation>il faut&#xa0;: {0}</translation>
    </message>
    <message>
        <source>serves sweeps around the radar only</source>
        <translation>ne sert que pour les balayages autour du radar</translation>
    </message>
    <message>
        <source>From, dBZ</source>
        <translation>Dès, dBZ</translation>
    </message>
    <message>
        <source>HSS</source>
        <translation>HSS</translation>
    </message>
    <message>
        <source>Rival CSI</source>
        <translation>CSI rivale</translation>
    </message>
    <message>
        <source>Rival bias</source>
        <translation>Biais rivale</translation>
    </message>
    <message>
        <source>Heidke skill score: right gates beyond chance, 0 is chance, best 1</source>
        <translation>Score de Heidke&#xa0;: portes justes au-delà du hasard, 0 pour le hasard, 1 au mieux</translation>
    </message>
    <message>
        <source>CSI of the method compared with: {0}</source>
        <translation>CSI de la méthode de comparaison&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Bias of the method compared with: {0}</source>
        <translation>Biais de la méthode de comparaison&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Keep echoes above</source>
        <translation>Garder les échos au-dessus de</translation>
    </message>
    <message>
        <source>Use for this run</source>
        <translation>Retenir</translation>
    </message>
    <message>
        <source>Echoes whose probability of rain is above this are kept, the others removed, 0 to 1; scores and pictures follow at once</source>
        <translation>Les échos dont la probabilité de pluie dépasse ce seuil sont gardés, les autres enlevés, de 0 à 1&#xa0;; scores et images suivent aussitôt</translation>
    </message>
    <message>
        <source>Later predictions of this run, here and by embellie-cli, then keep the echoes above this probability</source>
        <translation>Les prédictions suivantes de cet entraînement, ici et par embellie-cli, gardent alors les échos au-dessus de cette probabilité</translation>
    </message>
    <message>
        <source>Back to the probability that the run was trained with</source>
        <translation>Retour à la probabilité avec laquelle l’entraînement a été fait</translation>
    </message>
    <message>
        <source>Back to {0}</source>
        <translation>Revenir à {0}</translation>
    </message>
    <message>
        <source>not here: {0}</source>
        <translation>pas ici&#xa0;: {0}</translation>
    </message>
    <message>
        <source>no scores: {0}</source>
        <translation>pas de scores&#xa0;: {0}</translation>
    </message>
    <message>
        <source>All {0} runs of {1}: {2}</source>
        <translation>Les {0} entraînements de {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>All {0} runs of {1} and the shipped one: {2}</source>
        <translation>Les {0} entraînements de {1} et le réseau fourni&#xa0;: {2}</translation>
    </message>
    <message>
        <source>Run {0} and the shipped one: {1}</source>
        <translation>Entraînement {0} et le réseau fourni&#xa0;: {1}</translation>
    </message>
    <message>
        <source>made by {0} runs of {1} and the shipped network</source>
        <translation>produit par {0} entraînements de {1} et le réseau fourni</translation>
    </message>
    <message>
        <source>made by run {0} and the shipped network</source>
        <translation>produit par l’entraînement {0} et le réseau fourni</translation>
    </message>
    <message>
        <source>The shipped network predicts along</source>
        <translation>Le réseau fourni prédit aussi</translation>
    </message>
    <message>
        <source>The mean of what both say counts: what one has learnt from simulated radars makes up for what the other has from few real ones</source>
        <translation>C’est la moyenne des deux qui compte&#xa0;: ce que l’un a appris de radars simulés compense ce que l’autre n’a pu apprendre de quelques radars réels</translation>
    </message>
    <message>
        <source>made by {0} runs of {1}</source>
        <translation>produit par {0} entraînements de {1}</translation>
    </message>
    <message>
        <source>Next picture at the right</source>
        <translation>Image de droite suivante</translation>
    </message>
    <message>
        <source>Difference, probability, uncertainty, and round again</source>
        <translation>Différence, probabilité, incertitude, et on recommence</translation>
    </message>
    <message>
        <source>Needs several networks: choose all runs of a sweep above</source>
        <translation>Il faut plusieurs réseaux&#xa0;: choisissez plus haut tous les entraînements d’une exploration</translation>
    </message>
    <message>
        <source>networks work on the sweeps of a radar, and this is none</source>
        <translation>les réseaux travaillent sur les balayages d’un radar, et ceci n’en est pas un</translation>
    </message>
    <message>
        <source>This run names echoes, and the reference has no names to compare them with: judge by eye, or choose an array of classes above.</source>
        <translation>Cet entraînement nomme les échos, et la référence n’a pas de noms à leur comparer&#xa0;: jugez à l’œil, ou choisissez un tableau de classes ci-dessus.</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>écart-type</translation>
    </message>
</context>
<context>
    <name>launch</name>
    <message>
        <source>no NVIDIA driver here</source>
        <translation>pas de pilote NVIDIA ici</translation>
    </message>
    <message>
        <source>the NVIDIA driver does not answer: {0}</source>
        <translation>le pilote NVIDIA ne répond pas&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the NVIDIA driver shows no GPU here</source>
        <translation>le pilote NVIDIA ne montre aucun GPU ici</translation>
    </message>
    <message>
        <source>no GPU: {0}</source>
        <translation>pas de GPU&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the answer about GPUs can&apos;t be read</source>
        <translation>la réponse sur les GPU ne peut pas être lue</translation>
    </message>
    <message>
        <source>embellie-cli is not found on {0}</source>
        <translation>embellie-cli est introuvable sur {0}</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>install Embellie there and name its folder as &quot;programs&quot; of the site</source>
        <translation>installez Embellie là-bas et donnez son dossier comme «&#xa0;programs&#xa0;» du site</translation>
    </message>
    <message>
        <source>{0} does not let us in: {1}</source>
        <translation>{0} ne nous laisse pas entrer&#xa0;: {1}</translation>
    </message>
    <message>
        <source>log in once by ssh in a terminal, with a key that needs no questions</source>
        <translation>connectez-vous une fois par ssh dans un terminal, avec une clé qui ne pose pas de question</translation>
    </message>
    <message>
        <source>the line to {0} is lost: {1}</source>
        <translation>la liaison avec {0} est perdue&#xa0;: {1}</translation>
    </message>
    <message>
        <source>the line to {0} is lost</source>
        <translation>la liaison avec {0} est perdue</translation>
    </message>
    <message>
        <source>the file is not there</source>
        <translation>le fichier n’est pas là</translation>
    </message>
    <message>
        <source>the file did not arrive as it was sent</source>
        <translation>le fichier n’est pas arrivé tel qu’il a été envoyé</translation>
    </message>
    <message>
        <source>try again when it is not being written</source>
        <translation>réessayez quand il n’est plus en cours d’écriture</translation>
    </message>
    <message>
        <source>this run is here: there is nothing to bring</source>
        <translation>cet entraînement est ici&#xa0;: il n’y a rien à rapporter</translation>
    </message>
    <message>
        <source>this is no path</source>
        <translation>ce n’est pas un chemin</translation>
    </message>
    <message>
        <source>there is nothing to send</source>
        <translation>il n’y a rien à envoyer</translation>
    </message>
    <message>
        <source>a text with a zero byte can&apos;t be given to a program</source>
        <translation>un texte contenant un octet nul ne peut pas être donné à un programme</translation>
    </message>
    <message>
        <source>other jobs come first</source>
        <translation>d’autres travaux passent avant</translation>
    </message>
    <message>
        <source>it is next, as soon as enough of a node is free</source>
        <translation>il est le suivant, dès qu’assez de place se libère sur un nœud</translation>
    </message>
    <message>
        <source>your share of GPUs is in use by other jobs of yours</source>
        <translation>votre part de GPU est prise par d’autres de vos travaux</translation>
    </message>
    <message>
        <source>as many jobs of yours run as one person may have</source>
        <translation>vous avez autant de travaux en cours qu’une personne peut en avoir</translation>
    </message>
    <message>
        <source>your share of cores is in use by other jobs of yours</source>
        <translation>votre part de cœurs est prise par d’autres de vos travaux</translation>
    </message>
    <message>
        <source>your share of memory is in use by other jobs of yours</source>
        <translation>votre part de mémoire est prise par d’autres de vos travaux</translation>
    </message>
    <message>
        <source>the share of all users of this kind of job is in use</source>
        <translation>la part de tous les utilisateurs de cette sorte de travail est prise</translation>
    </message>
    <message>
        <source>the wall time is longer than this kind of job may have: it would wait for ever</source>
        <translation>la durée demandée dépasse celle de cette sorte de travail&#xa0;: il attendrait indéfiniment</translation>
    </message>
    <message>
        <source>it asks for more than this kind of job may have</source>
        <translation>il demande plus que cette sorte de travail ne peut avoir</translation>
    </message>
    <message>
        <source>the share of your project is used up for now</source>
        <translation>la part de votre projet est épuisée pour le moment</translation>
    </message>
    <message>
        <source>your share of the machine is in use by other jobs of yours</source>
        <translation>votre part de la machine est prise par d’autres de vos travaux</translation>
    </message>
    <message>
        <source>the GPUs of your project are in use</source>
        <translation>les GPU de votre projet sont occupés</translation>
    </message>
    <message>
        <source>the wall time is longer than the partition allows: it would wait for ever</source>
        <translation>la durée demandée dépasse celle de la partition&#xa0;: il attendrait indéfiniment</translation>
    </message>
    <message>
        <source>it asks for more nodes than the partition has: it would wait for ever</source>
        <translation>il demande plus de nœuds que la partition n’en a&#xa0;: il attendrait indéfiniment</translation>
    </message>
    <message>
        <source>the partition is closed for now</source>
        <translation>la partition est fermée pour le moment</translation>
    </message>
    <message>
        <source>the nodes are down, or kept for others, for now</source>
        <translation>les nœuds sont arrêtés, ou réservés à d’autres, pour le moment</translation>
    </message>
    <message>
        <source>a node is down</source>
        <translation>un nœud est arrêté</translation>
    </message>
    <message>
        <source>it waits for its reservation</source>
        <translation>il attend sa réservation</translation>
    </message>
    <message>
        <source>it was put back into the queue and starts again in a moment</source>
        <translation>il a été remis dans la file et repart dans un instant</translation>
    </message>
    <message>
        <source>as many runs of this sweep work as may at the same time</source>
        <translation>autant d’entraînements de cette exploration que permis sont en cours</translation>
    </message>
    <message>
        <source>it waits for another job</source>
        <translation>il attend un autre travail</translation>
    </message>
    <message>
        <source>it is held: &quot;scontrol release&quot; lets it go</source>
        <translation>il est retenu&#xa0;: «&#xa0;scontrol release&#xa0;» le libère</translation>
    </message>
    <message>
        <source>the administrator holds it</source>
        <translation>l’administrateur le retient</translation>
    </message>
    <message>
        <source>its start failed and it is held: tell the administrator</source>
        <translation>son démarrage a échoué et il est retenu&#xa0;: prévenez l’administrateur</translation>
    </message>
    <message>
        <source>no node can ever give what it asks for</source>
        <translation>aucun nœud ne pourra donner ce qu’il demande</translation>
    </message>
    <message>
        <source>the account is not known to Slurm</source>
        <translation>le compte est inconnu de Slurm</translation>
    </message>
    <message>
        <source>the QOS is not known to Slurm</source>
        <translation>la QOS est inconnue de Slurm</translation>
    </message>
    <message>
        <source>it waits for a licence</source>
        <translation>il attend une licence</translation>
    </message>
    <message>
        <source>its node is being prepared</source>
        <translation>son nœud se prépare</translation>
    </message>
    <message>
        <source>its wall time is over</source>
        <translation>sa durée maximale est écoulée</translation>
    </message>
    <message>
        <source>the job was cancelled</source>
        <translation>le travail a été annulé</translation>
    </message>
    <message>
        <source>its node failed</source>
        <translation>son nœud est tombé en panne</translation>
    </message>
    <message>
        <source>its node was needed for a more urgent job</source>
        <translation>son nœud a été pris pour un travail plus urgent</translation>
    </message>
    <message>
        <source>its node ran out of memory</source>
        <translation>son nœud n’avait plus de mémoire</translation>
    </message>
    <message>
        <source>the job has ended</source>
        <translation>le travail est terminé</translation>
    </message>
    <message>
        <source>it is being looked at</source>
        <translation>il est en cours d’examen</translation>
    </message>
    <message>
        <source>Slurm says &quot;{0}&quot;</source>
        <translation>Slurm dit «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Slurm has not been asked yet</source>
        <translation>Slurm n’a pas encore été interrogé</translation>
    </message>
    <message>
        <source>waits in the queue</source>
        <translation>attend dans la file</translation>
    </message>
    <message>
        <source>1 job waits before it</source>
        <translation>1 travail attend avant lui</translation>
    </message>
    <message>
        <source>{0} jobs wait before it</source>
        <translation>{0} travaux attendent avant lui</translation>
    </message>
    <message>
        <source>no other job waits before it</source>
        <translation>aucun autre travail n’attend avant lui</translation>
    </message>
    <message>
        <source>expected to start at {0} UTC (an estimate)</source>
        <translation>départ prévu à {0} UTC (une estimation)</translation>
    </message>
    <message>
        <source>waiting is not an error</source>
        <translation>attendre n’est pas une erreur</translation>
    </message>
    <message>
        <source>runs on {0}</source>
        <translation>tourne sur {0}</translation>
    </message>
    <message>
        <source>but is suspended in favour of another job</source>
        <translation>mais est suspendu au profit d’un autre travail</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>depuis {0}</translation>
    </message>
    <message>
        <source>{0} of wall time left</source>
        <translation>encore {0} de durée permise</translation>
    </message>
    <message>
        <source>the job is ending</source>
        <translation>le travail se termine</translation>
    </message>
    <message>
        <source>the job ended some time ago</source>
        <translation>le travail est terminé depuis un moment</translation>
    </message>
    <message>
        <source>the data of {0} can&apos;t be read on {1}</source>
        <translation>les données de {0} ne peuvent pas être lues sur {1}</translation>
    </message>
    <message>
        <source>train on that site, or name the files as they are seen here</source>
        <translation>entraînez sur ce site, ou nommez les fichiers tels qu’on les voit ici</translation>
    </message>
    <message>
        <source>the network &quot;{0}&quot; does not fit the task &quot;{1}&quot;</source>
        <translation>le réseau «&#xa0;{0}&#xa0;» ne convient pas à la tâche «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>files for &quot;{0}&quot; are missing</source>
        <translation>il manque des fichiers pour «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>name them: --data {0}=PATH</source>
        <translation>nommez-les&#xa0;: --data {0}=CHEMIN</translation>
    </message>
    <message>
        <source>the task &quot;{0}&quot; has no use for &quot;{1}&quot;</source>
        <translation>la tâche «&#xa0;{0}&#xa0;» n’a pas l’usage de «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>il n’y a pas de tel fichier ou dossier</translation>
    </message>
    <message>
        <source>the task &quot;{0}&quot; needs files to learn from</source>
        <translation>la tâche «&#xa0;{0}&#xa0;» a besoin de fichiers pour apprendre</translation>
    </message>
    <message>
        <source>some for {0}</source>
        <translation>quelques-uns pour {0}</translation>
    </message>
    <message>
        <source>the run is over already: {0}</source>
        <translation>l’entraînement est déjà fini&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the learner is missing</source>
        <translation>le programme d’apprentissage manque</translation>
    </message>
    <message>
        <source>build Embellie with LibTorch (EMBELLIE_LEARN=ON), or run this where it is installed</source>
        <translation>compilez Embellie avec LibTorch (EMBELLIE_LEARN=ON), ou lancez ceci là où il est installé</translation>
    </message>
    <message>
        <source>the run is finished: there is nothing to continue</source>
        <translation>l’entraînement est fini&#xa0;: il n’y a rien à continuer</translation>
    </message>
    <message>
        <source>start a new run with more epochs</source>
        <translation>lancez un nouvel entraînement avec plus d’époques</translation>
    </message>
    <message>
        <source>the run was discarded: there is nothing to continue</source>
        <translation>l’entraînement a été abandonné&#xa0;: il n’y a rien à continuer</translation>
    </message>
    <message>
        <source>the run is still at work</source>
        <translation>l’entraînement est encore au travail</translation>
    </message>
    <message>
        <source>follow it, or stop it first</source>
        <translation>suivez-le, ou arrêtez-le d’abord</translation>
    </message>
    <message>
        <source>stopped while it waited, and kept as of its last checkpoint</source>
        <translation>arrêté pendant qu’il attendait, et gardé à son dernier point de reprise</translation>
    </message>
    <message>
        <source>taken out of the queue before it began</source>
        <translation>retiré de la file avant d’avoir commencé</translation>
    </message>
    <message>
        <source>discarded while it waited; weights and checkpoints are gone</source>
        <translation>abandonné pendant qu’il attendait&#x202f;; poids et points de reprise sont supprimés</translation>
    </message>
    <message>
        <source>the run has no weights yet</source>
        <translation>l’entraînement n’a pas encore de poids</translation>
    </message>
    <message>
        <source>wait for its first epoch, or continue it with --resume</source>
        <translation>attendez sa première époque, ou continuez-le avec --resume</translation>
    </message>
    <message>
        <source>the learner is missing where the site&apos;s file says that it is</source>
        <translation>le programme d’apprentissage n’est pas là où le dit le fichier du site</translation>
    </message>
    <message>
        <source>a program {0}</source>
        <translation>un programme {0}</translation>
    </message>
    <message>
        <source>job {0} on {1}</source>
        <translation>travail {0} sur {1}</translation>
    </message>
    <message>
        <source>{0} is not reached through ssh</source>
        <translation>{0} ne s’atteint pas par ssh</translation>
    </message>
    <message>
        <source>this run executes here: it is no mirror</source>
        <translation>cet entraînement s’exécute ici&#xa0;: ce n’est pas un miroir</translation>
    </message>
    <message>
        <source>connected with {0}</source>
        <translation>connecté à {0}</translation>
    </message>
    <message>
        <source>no answer from {0} for {1} s</source>
        <translation>pas de réponse de {0} depuis {1} s</translation>
    </message>
    <message>
        <source>connecting with {0}</source>
        <translation>connexion à {0}</translation>
    </message>
    <message>
        <source>{0}; next attempt in {1} s</source>
        <translation>{0}&#x202f;; prochain essai dans {1} s</translation>
    </message>
    <message>
        <source>the line to {0} was closed</source>
        <translation>la liaison avec {0} a été fermée</translation>
    </message>
    <message>
        <source>{0} has another version of Embellie</source>
        <translation>{0} a une autre version d’Embellie</translation>
    </message>
    <message>
        <source>version {0} of the relay</source>
        <translation>la version {0} du relais</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>la version {0}</translation>
    </message>
    <message>
        <source>install the same version on both sides</source>
        <translation>installez la même version des deux côtés</translation>
    </message>
    <message>
        <source>{0} did not open the line</source>
        <translation>{0} n’a pas ouvert la liaison</translation>
    </message>
    <message>
        <source>{0} says too much at login</source>
        <translation>{0} en dit trop à la connexion</translation>
    </message>
    <message>
        <source>the line can&apos;t be opened</source>
        <translation>la liaison ne peut pas être ouverte</translation>
    </message>
    <message>
        <source>there is no home folder</source>
        <translation>il n’y a pas de dossier personnel</translation>
    </message>
    <message>
        <source>name absolute folders in the site&apos;s file</source>
        <translation>nommez des dossiers absolus dans le fichier du site</translation>
    </message>
    <message>
        <source>the variable {0} names no folder</source>
        <translation>la variable {0} ne nomme aucun dossier</translation>
    </message>
    <message>
        <source>a piece of the file does not fit to what came before</source>
        <translation>un morceau du fichier ne suit pas ce qui précède</translation>
    </message>
    <message>
        <source>send it again</source>
        <translation>renvoyez-le</translation>
    </message>
    <message>
        <source>the run was not sent to {0}</source>
        <translation>l’entraînement n’a pas été envoyé à {0}</translation>
    </message>
    <message>
        <source>the predictor died without a word</source>
        <translation>le prédicteur s’est arrêté sans un mot</translation>
    </message>
    <message>
        <source>the run is not there any more</source>
        <translation>l’entraînement n’est plus là</translation>
    </message>
    <message>
        <source>the relay&apos;s words can&apos;t be understood</source>
        <translation>les mots du relais sont incompréhensibles</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no name of a run</source>
        <translation>«&#xa0;{0}&#xa0;» n’est pas un nom d’entraînement</translation>
    </message>
    <message>
        <source>too many runs have that name</source>
        <translation>trop d’entraînements portent ce nom</translation>
    </message>
    <message>
        <source>the folder of runs can&apos;t be made</source>
        <translation>le dossier des entraînements ne peut pas être créé</translation>
    </message>
    <message>
        <source>the relay does not know the question &quot;{0}&quot;</source>
        <translation>le relais ne connaît pas la question «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>install the same version of Embellie on both sides</source>
        <translation>installez la même version d’Embellie des deux côtés</translation>
    </message>
    <message>
        <source>the relay&apos;s question lacks something that it needs</source>
        <translation>il manque à la question du relais quelque chose dont elle a besoin</translation>
    </message>
    <message>
        <source>the file can&apos;t be locked</source>
        <translation>le fichier ne peut pas être verrouillé</translation>
    </message>
    <message>
        <source>a number of at least 0</source>
        <translation>un nombre d’au moins 0</translation>
    </message>
    <message>
        <source>a whole number that makes sense here</source>
        <translation>un entier qui ait un sens ici</translation>
    </message>
    <message>
        <source>a wall time, such as &quot;20:00:00&quot; or &quot;1-12:00:00&quot;</source>
        <translation>une durée, comme &quot;20:00:00&quot; ou &quot;1-12:00:00&quot;</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>une liste de textes</translation>
    </message>
    <message>
        <source>a table of texts</source>
        <translation>une table de textes</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>un texte</translation>
    </message>
    <message>
        <source>a table, [{0}]</source>
        <translation>une table, [{0}]</translation>
    </message>
    <message>
        <source>tables, [[{0}]]</source>
        <translation>des tables, [[{0}]]</translation>
    </message>
    <message>
        <source>a site has no &quot;{0}&quot;</source>
        <translation>un site n’a pas de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
    <message>
        <source>the value of {0} can&apos;t be used</source>
        <translation>la valeur de {0} est inutilisable</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true ou false</translation>
    </message>
    <message>
        <source>one of the kinds named in the manual</source>
        <translation>l’une des sortes nommées dans le manuel</translation>
    </message>
    <message>
        <source>a partition of the site has no name</source>
        <translation>une partition du site n’a pas de nom</translation>
    </message>
    <message>
        <source>one word that does not begin with a dash</source>
        <translation>un mot qui ne commence pas par un tiret</translation>
    </message>
    <message>
        <source>&quot;{0}&quot;</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the site can&apos;t be understood: {0}</source>
        <translation>le site est incompréhensible&#xa0;: {0}</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; can&apos;t be the name of a variable</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas être le nom d’une variable</translation>
    </message>
    <message>
        <source>a site behind ssh needs a host</source>
        <translation>un site derrière ssh a besoin d’un hôte</translation>
    </message>
    <message>
        <source>host = &quot;…&quot;, a name of your ~/.ssh/config</source>
        <translation>host = &quot;…&quot;, un nom de votre ~/.ssh/config</translation>
    </message>
    <message>
        <source>there is no site &quot;{0}&quot;</source>
        <translation>il n’y a pas de site «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>did you mean &quot;{0}&quot;?</source>
        <translation>vouliez-vous dire «&#xa0;{0}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>a new site is a file {0}</source>
        <translation>un nouveau site est un fichier {0}</translation>
    </message>
    <message>
        <source>{0} has no partition &quot;{1}&quot;</source>
        <translation>{0} n’a pas de partition «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>{0} at the most</source>
        <translation>au plus {0}</translation>
    </message>
    <message>
        <source>a request for {0}</source>
        <translation>une demande de {0}</translation>
    </message>
    <message>
        <source>the wall time is longer than the partition {0} of {1} allows, and the job would wait for ever</source>
        <translation>la durée dépasse celle que permet la partition {0} de {1}, et le travail attendrait indéfiniment</translation>
    </message>
    <message>
        <source>ask for less: at its end the run is continued by itself, as often as you allow</source>
        <translation>demandez moins&#xa0;: à la fin, l’entraînement continue de lui-même, aussi souvent que vous le permettez</translation>
    </message>
    <message>
        <source>the nodes of the partition {0} of {1} have no GPU</source>
        <translation>les nœuds de la partition {0} de {1} n’ont pas de GPU</translation>
    </message>
    <message>
        <source>choose another partition, or no GPU</source>
        <translation>choisissez une autre partition, ou aucun GPU</translation>
    </message>
    <message>
        <source>more GPUs than the partition {0} of {1} has</source>
        <translation>plus de GPU que n’en a la partition {0} de {1}</translation>
    </message>
    <message>
        <source>{0} GPUs can&apos;t be spread evenly over {1} nodes</source>
        <translation>{0} GPU ne se répartissent pas également sur {1} nœuds</translation>
    </message>
    <message>
        <source>ask for a multiple of {0}</source>
        <translation>demandez un multiple de {0}</translation>
    </message>
    <message>
        <source>more cores than a node of the partition {0} of {1} has</source>
        <translation>plus de cœurs que n’en a un nœud de la partition {0} de {1}</translation>
    </message>
    <message>
        <source>more memory than a node of the partition {0} of {1} has</source>
        <translation>plus de mémoire que n’en a un nœud de la partition {0} de {1}</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; can&apos;t be the name of a partition</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas être le nom d’une partition</translation>
    </message>
    <message>
        <source>the wall time is over before a checkpoint could be written</source>
        <translation>la durée est écoulée avant qu’un point de reprise puisse être écrit</translation>
    </message>
    <message>
        <source>more than the {0} s that the warning comes before the end</source>
        <translation>plus que les {0} s dont l’avertissement précède la fin</translation>
    </message>
    <message>
        <source>more GPUs than {0} gives one person, and the job would wait for ever</source>
        <translation>plus de GPU que {0} n’en donne à une personne, et le travail attendrait indéfiniment</translation>
    </message>
    <message>
        <source>{0} ranks can&apos;t share {1} GPUs</source>
        <translation>{0} processus ne peuvent pas se partager {1} GPU</translation>
    </message>
    <message>
        <source>one rank a GPU</source>
        <translation>un processus par GPU</translation>
    </message>
    <message>
        <source>Slurm does not answer ({0})</source>
        <translation>Slurm ne répond pas ({0})</translation>
    </message>
    <message>
        <source>try again in some minutes; what runs goes on</source>
        <translation>réessayez dans quelques minutes&#x202f;; ce qui tourne continue</translation>
    </message>
    <message>
        <source>there is no Slurm on this machine</source>
        <translation>il n’y a pas de Slurm sur cette machine</translation>
    </message>
    <message>
        <source>its program {0} in the PATH</source>
        <translation>son programme {0} dans le PATH</translation>
    </message>
    <message>
        <source>run this on a login node, or reach the site through ssh</source>
        <translation>lancez ceci sur un nœud de connexion, ou atteignez le site par ssh</translation>
    </message>
    <message>
        <source>Slurm does not answer: {0}</source>
        <translation>Slurm ne répond pas&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Slurm refused: {0}</source>
        <translation>Slurm a refusé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Slurm does not answer, and whether it took the job is not known</source>
        <translation>Slurm ne répond pas, et on ne sait pas s’il a pris le travail</translation>
    </message>
    <message>
        <source>go on with train --run … --resume once it answers: the job is then looked for and not sent twice</source>
        <translation>continuez avec train --run … --resume dès qu’il répond&#xa0;: le travail est alors recherché et non envoyé deux fois</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no name of a machine</source>
        <translation>«&#xa0;{0}&#xa0;» n’est pas un nom de machine</translation>
    </message>
    <message>
        <source>a host of ~/.ssh/config, or user@machine, without spaces</source>
        <translation>un hôte de ~/.ssh/config, ou utilisateur@machine, sans espaces</translation>
    </message>
    <message>
        <source>there is no place for the line&apos;s socket</source>
        <translation>il n’y a pas de place pour la prise de la liaison</translation>
    </message>
    <message>
        <source>there is no safe place for the line&apos;s socket</source>
        <translation>il n’y a pas d’endroit sûr pour la prise de la liaison</translation>
    </message>
    <message>
        <source>a folder of your own that nobody else may enter</source>
        <translation>un dossier à vous où personne d’autre ne peut entrer</translation>
    </message>
    <message>
        <source>remove it, or set XDG_RUNTIME_DIR to a folder of your own</source>
        <translation>supprimez-le, ou donnez à XDG_RUNTIME_DIR un dossier à vous</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; names no values to try</source>
        <translation>«&#xa0;{0}&#xa0;» ne nomme aucune valeur à essayer</translation>
    </message>
    <message>
        <source>such as train.learning_rate=1e-3,3e-3</source>
        <translation>comme train.learning_rate=1e-3,3e-3</translation>
    </message>
    <message>
        <source>{0} shall take the value {1} twice</source>
        <translation>{0} prendrait deux fois la valeur {1}</translation>
    </message>
    <message>
        <source>this is no sweep</source>
        <translation>ce n’est pas une exploration</translation>
    </message>
    <message>
        <source>a folder with a file sweep.toml</source>
        <translation>un dossier avec un fichier sweep.toml</translation>
    </message>
    <message>
        <source>the sweep can&apos;t be understood: {0}</source>
        <translation>l’exploration est incompréhensible&#xa0;: {0}</translation>
    </message>
    <message>
        <source>this sweep was written by a newer program</source>
        <translation>cette exploration a été écrite par un programme plus récent</translation>
    </message>
    <message>
        <source>the sweep names no values for &quot;{0}&quot;</source>
        <translation>l’exploration ne nomme aucune valeur pour «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>a sweep needs a setting with several values</source>
        <translation>une exploration demande un réglage à plusieurs valeurs</translation>
    </message>
    <message>
        <source>the sweep names {0} twice</source>
        <translation>l’exploration nomme {0} deux fois</translation>
    </message>
    <message>
        <source>the sweep has too many combinations</source>
        <translation>l’exploration a trop de combinaisons</translation>
    </message>
    <message>
        <source>the combination {0}</source>
        <translation>la combinaison {0}</translation>
    </message>
    <message>
        <source>a sweep needs a new or empty folder</source>
        <translation>une exploration demande un dossier nouveau ou vide</translation>
    </message>
    <message>
        <source>choose another name, or go on with it: embellie-cli sweep FOLDER</source>
        <translation>choisissez un autre nom, ou continuez-la&#xa0;: embellie-cli sweep DOSSIER</translation>
    </message>
    <message>
        <source>the folder of the sweep can&apos;t be made</source>
        <translation>le dossier de l’exploration ne peut pas être créé</translation>
    </message>
    <message>
        <source>the queue can&apos;t be read now: {0}</source>
        <translation>la file d’attente ne peut pas être lue maintenant&#xa0;: {0}</translation>
    </message>
    <message>
        <source>{0} is stopped: others were better after as many epochs</source>
        <translation>{0} est arrêté&#xa0;: d’autres étaient meilleurs après autant d’époques</translation>
    </message>
    <message>
        <source>{0} could not be asked to end: {1}</source>
        <translation>on n’a pas pu demander à {0} de finir&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} processes can&apos;t share a batch of {1} samples</source>
        <translation>{0} processus ne peuvent pas se partager un lot de {1} échantillons</translation>
    </message>
    <message>
        <source>at least one sample for each</source>
        <translation>au moins un échantillon pour chacun</translation>
    </message>
    <message>
        <source>choose a larger train.batch, or fewer GPUs or processes</source>
        <translation>choisissez un train.batch plus grand, ou moins de GPU ou de processus</translation>
    </message>
    <message>
        <source>job {0}: {1}</source>
        <translation>travail {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>log.txt of the run may say more; ask for it again</source>
        <translation>log.txt de l’entraînement en dit peut-être plus&#xa0;; redemandez la prédiction</translation>
    </message>
    <message>
        <source>the prediction was ended before all files were done</source>
        <translation>la prédiction a été arrêtée avant que tous les fichiers soient traités</translation>
    </message>
    <message>
        <source>ask for it again; for more wall time (--time), or for fewer files at once, where that was over</source>
        <translation>demandez-la de nouveau&#xa0;; avec plus de temps (--time) ou moins de fichiers à la fois, si le temps était écoulé</translation>
    </message>
    <message>
        <source>ended on request before it began</source>
        <translation>arrêtée sur demande avant d’avoir commencé</translation>
    </message>
    <message>
        <source>these GPUs lie on {0} nodes, and how processes of several nodes of {1} reach one another is not known</source>
        <translation>ces GPU se trouvent sur {0} nœuds, et l’on ne sait pas comment les processus de plusieurs nœuds de {1} se joignent</translation>
    </message>
    <message>
        <source>rank_interface = &quot;…&quot;, a network interface of the nodes</source>
        <translation>rank_interface = &quot;…&quot;, une interface réseau des nœuds</translation>
    </message>
    <message>
        <source>ask for {0} GPUs at the most, or add it to the site&apos;s file</source>
        <translation>demandez {0} GPU au plus, ou ajoutez-la au fichier du site</translation>
    </message>
    <message>
        <source>more GPUs than a prediction can use</source>
        <translation>plus de GPU qu’une prédiction ne peut en utiliser</translation>
    </message>
    <message>
        <source>these are too few runs for an ensemble</source>
        <translation>il y a trop peu d’entraînements pour un ensemble</translation>
    </message>
    <message>
        <source>a folder with two runs or more that have weights</source>
        <translation>un dossier contenant au moins deux entraînements qui ont des poids</translation>
    </message>
    <message>
        <source>a run is a member of its ensemble twice</source>
        <translation>un entraînement est deux fois membre de son ensemble</translation>
    </message>
    <message>
        <source>runs of different tasks can&apos;t predict together</source>
        <translation>des entraînements de tâches différentes ne peuvent pas prédire ensemble</translation>
    </message>
    <message>
        <source>members of an ensemble must be at one site; this one is at {0}</source>
        <translation>les membres d’un ensemble doivent être sur un même site&#x202f;; celui-ci est sur {0}</translation>
    </message>
    <message>
        <source>bring its weights first: embellie-cli fetch {0}</source>
        <translation>rapportez d’abord ses poids&#xa0;: embellie-cli fetch {0}</translation>
    </message>
    <message>
        <source>bring the weights of all here (embellie-cli fetch RUN), and begin with a run of this machine</source>
        <translation>rapportez ici les poids de tous (embellie-cli fetch RUN), et commencez par un entraînement de cette machine</translation>
    </message>
    <message>
        <source>the run says that it works on {0}, where nobody can look from here: its heartbeat is watched for up to {1}</source>
        <translation>l’entraînement dit tourner sur {0}, que personne ne peut voir d’ici&#xa0;: ses signes de vie sont observés pendant {1} au plus</translation>
    </message>
    <message>
        <source>the line to {0} is lost; the sweep goes on when it is back: {1}</source>
        <translation>la liaison avec {0} est perdue&#x202f;; l’exploration reprendra quand elle sera rétablie&#xa0;: {1}</translation>
    </message>
    <message>
        <source>how {0} does can&apos;t be read now: {1}</source>
        <translation>l’état de {0} ne peut pas être lu pour l’instant&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} could not be submitted again yet: {1}</source>
        <translation>{0} n’a pas encore pu être soumis à nouveau&#xa0;: {1}</translation>
    </message>
    <message>
        <source>the line to {0} did not open: {1}</source>
        <translation>la ligne vers {0} ne s’est pas ouverte&#xa0;: {1}</translation>
    </message>
    <message>
        <source>see whether ssh opens it in a terminal; its name comes from &quot;host&quot; of the site and ~/.ssh/config</source>
        <translation>voyez si ssh l’ouvre dans un terminal&#xa0;; son nom vient de «&#xa0;host&#xa0;» du site et de ~/.ssh/config</translation>
    </message>
    <message>
        <source>the line to {0} did not open</source>
        <translation>la ligne vers {0} ne s’est pas ouverte</translation>
    </message>
    <message>
        <source>its state by {0} did not move for {1}</source>
        <translation>son état, écrit par {0}, n’a pas bougé pendant {1}</translation>
    </message>
    <message>
        <source>another Embellie is at work on {0}: waits</source>
        <translation>un autre Embellie travaille sur {0}&#xa0;: attend</translation>
    </message>
</context>
<context>
    <name>layer</name>
    <message>
        <source>vertical</source>
        <translation>verticale</translation>
    </message>
</context>
<context>
    <name>learn</name>
    <message>
        <source>this machine, or this program&apos;s LibTorch, has no usable GPU</source>
        <translation>cette machine, ou la LibTorch de ce programme, n’a pas de GPU utilisable</translation>
    </message>
    <message>
        <source>the run wants a GPU and gets none: {0}</source>
        <translation>l’entraînement veut un GPU et n’en reçoit pas&#xa0;: {0}</translation>
    </message>
    <message>
        <source>ask the scheduler for one, or set train.device = &quot;auto&quot;</source>
        <translation>demandez-en un à l’ordonnanceur, ou mettez train.device = &quot;auto&quot;</translation>
    </message>
    <message>
        <source>this processor computes no 16-bit floats of that kind: fp32 is used</source>
        <translation>ce processeur ne calcule pas en flottants 16 bits de cette sorte&#xa0;: fp32 est employé</translation>
    </message>
    <message>
        <source>this card is too old for bf16: fp16 with loss scaling is used</source>
        <translation>cette carte est trop ancienne pour bf16&#xa0;: fp16 avec mise à l’échelle de la perte est employé</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>GPU {0}, {1}</source>
        <translation>GPU {0}, {1}</translation>
    </message>
    <message>
        <source>CPU, {0} threads, {1}</source>
        <translation>processeur, {0} fils, {1}</translation>
    </message>
    <message>
        <source>ended on request</source>
        <translation>fini sur demande</translation>
    </message>
    <message>
        <source>the run has no weights yet</source>
        <translation>l’entraînement n’a pas encore de poids</translation>
    </message>
    <message>
        <source>wait for its first epoch, or continue it with --resume</source>
        <translation>attendez sa première époque, ou continuez-le avec --resume</translation>
    </message>
    <message>
        <source>process {0} of {1} (number {2} on {3}) is gone</source>
        <translation>le processus {0} sur {1} (numéro {2} sur {3}) a disparu</translation>
    </message>
    <message>
        <source>process {0} of {1} (number {2} on {3}) has given no sign of life for {4} s</source>
        <translation>le processus {0} sur {1} (numéro {2} sur {3}) n’a pas donné signe de vie depuis {4} s</translation>
    </message>
    <message>
        <source>the processes of this run have lost one another: {0}</source>
        <translation>les processus de cet entraînement se sont perdus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the processes can&apos;t meet</source>
        <translation>les processus ne peuvent pas se rencontrer</translation>
    </message>
    <message>
        <source>the processes meet only in a folder of their user alone</source>
        <translation>les processus ne se rencontrent que dans un dossier réservé à leur utilisateur</translation>
    </message>
    <message>
        <source>a folder of mode 0700</source>
        <translation>un dossier de mode 0700</translation>
    </message>
    <message>
        <source>of {0} processes not all have come within {1} s</source>
        <translation>des {0} processus, tous ne sont pas arrivés en {1} s</translation>
    </message>
    <message>
        <source>this program can&apos;t learn in several processes: its LibTorch was built without Gloo</source>
        <translation>ce programme ne peut pas apprendre en plusieurs processus&#xa0;: sa LibTorch a été compilée sans Gloo</translation>
    </message>
    <message>
        <source>set train.ranks = 1</source>
        <translation>mettez train.ranks = 1</translation>
    </message>
    <message>
        <source>the file {0} has changed since the run began: it goes on with the new content</source>
        <translation>le fichier {0} a changé depuis le début de l’entraînement&#xa0;: il continue avec le nouveau contenu</translation>
    </message>
    <message>
        <source>The memory does not suffice; choose a smaller batch or a smaller network.</source>
        <translation>La mémoire ne suffit pas&#x202f;; choisissez un lot plus petit ou un réseau plus petit.</translation>
    </message>
    <message>
        <source>LibTorch can&apos;t go on: {0}</source>
        <translation>LibTorch ne peut pas continuer&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the weights can&apos;t be written</source>
        <translation>les poids ne peuvent pas être écrits</translation>
    </message>
    <message>
        <source>the tensor &quot;{0}&quot; has a type that safetensors do not know</source>
        <translation>le tenseur «&#xa0;{0}&#xa0;» est d’un type que safetensors ne connaît pas</translation>
    </message>
    <message>
        <source>the file holds no usable weights</source>
        <translation>le fichier ne contient pas de poids utilisables</translation>
    </message>
    <message>
        <source>a safetensors header</source>
        <translation>un en-tête safetensors</translation>
    </message>
    <message>
        <source>a header of {0} bytes</source>
        <translation>un en-tête de {0} octets</translation>
    </message>
    <message>
        <source>a header in JSON</source>
        <translation>un en-tête en JSON</translation>
    </message>
    <message>
        <source>a known type instead of {0}</source>
        <translation>un type connu au lieu de {0}</translation>
    </message>
    <message>
        <source>a shape of &quot;{0}&quot; that fits the data</source>
        <translation>une forme de «&#xa0;{0}&#xa0;» qui convienne aux données</translation>
    </message>
    <message>
        <source>{0} bytes of &quot;{1}&quot;</source>
        <translation>{0} octets de «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>shape, type and place of every tensor</source>
        <translation>forme, type et place de chaque tenseur</translation>
    </message>
    <message>
        <source>the process can&apos;t be started</source>
        <translation>le processus ne peut pas être lancé</translation>
    </message>
    <message>
        <source>the weights do not belong to this network: &quot;{0}&quot; is missing or of another size</source>
        <translation>les poids ne correspondent pas à ce réseau&#xa0;: «&#xa0;{0}&#xa0;» manque ou est d’une autre taille</translation>
    </message>
    <message>
        <source>use the settings with which they were trained</source>
        <translation>employez les réglages avec lesquels ils ont été entraînés</translation>
    </message>
    <message>
        <source>the checkpoint can&apos;t be understood</source>
        <translation>le point de reprise est incompréhensible</translation>
    </message>
    <message>
        <source>{0}; the run waits to be continued from its last checkpoint</source>
        <translation>{0}&#x202f;; l’entraînement attend d’être continué depuis son dernier point de reprise</translation>
    </message>
    <message>
        <source>stopped on request and kept as of its last checkpoint</source>
        <translation>arrêté sur demande et gardé à son dernier point de reprise</translation>
    </message>
    <message>
        <source>stopped before the first step</source>
        <translation>arrêté avant le premier pas</translation>
    </message>
    <message>
        <source>continues from checkpoint {0}, step {1} of {2}</source>
        <translation>continue depuis le point de reprise {0}, pas {1} sur {2}</translation>
    </message>
    <message>
        <source>{0} processes can&apos;t share a batch of {1}</source>
        <translation>{0} processus ne peuvent pas se partager un lot de {1}</translation>
    </message>
    <message>
        <source>set train.batch to a multiple of the processes</source>
        <translation>donnez à train.batch un multiple du nombre de processus</translation>
    </message>
    <message>
        <source>{0} processes, each: {1}</source>
        <translation>{0} processus, chacun&#xa0;: {1}</translation>
    </message>
    <message>
        <source>reads the data</source>
        <translation>lit les données</translation>
    </message>
    <message>
        <source>{0} validation fields, {1} steps</source>
        <translation>{0} champs de validation, {1} pas</translation>
    </message>
    <message>
        <source>the loss is no longer a number after step {0}</source>
        <translation>la perte n’est plus un nombre après le pas {0}</translation>
    </message>
    <message>
        <source>choose a smaller learning rate</source>
        <translation>choisissez un taux d’apprentissage plus petit</translation>
    </message>
    <message>
        <source>the memory does not suffice for {0} samples at once: each batch of {1} is computed in {2} parts from here on</source>
        <translation>la mémoire ne suffit pas pour {0} échantillons à la fois&#xa0;: désormais chaque lot de {1} est calculé en {2} parties</translation>
    </message>
    <message>
        <source>discarded on request; weights and checkpoints are gone</source>
        <translation>abandonné sur demande&#x202f;; poids et points de reprise sont supprimés</translation>
    </message>
    <message>
        <source>stopped on request after step {0} and kept</source>
        <translation>arrêté sur demande après le pas {0} et gardé</translation>
    </message>
    <message>
        <source>ended at a checkpoint on the signal {0}; waits to be continued</source>
        <translation>fini à un point de reprise sur le signal {0}&#x202f;; attend d’être continué</translation>
    </message>
    <message>
        <source>ended at a checkpoint; waits to be continued</source>
        <translation>fini à un point de reprise&#x202f;; attend d’être continué</translation>
    </message>
    <message>
        <source>ended early: no better score for {0} epochs</source>
        <translation>fini plus tôt&#xa0;: pas de meilleur score depuis {0} époques</translation>
    </message>
    <message>
        <source>all epochs are done</source>
        <translation>toutes les époques sont faites</translation>
    </message>
    <message>
        <source>this run holds a model of somebody else as it came</source>
        <translation>cet entraînement contient le modèle d’un autre, tel qu’il est venu</translation>
    </message>
    <message>
        <source>it lies in the run&apos;s folder &quot;model&quot;</source>
        <translation>il est dans le dossier «&#xa0;model&#xa0;» de l’entraînement</translation>
    </message>
    <message>
        <source>the task &quot;{0}&quot; can&apos;t be written as one module</source>
        <translation>la tâche «&#xa0;{0}&#xa0;» ne peut pas s’écrire comme un seul module</translation>
    </message>
    <message>
        <source>the model can&apos;t be copied into the run</source>
        <translation>le modèle ne peut pas être copié dans l’entraînement</translation>
    </message>
    <message>
        <source>the model looks at no moment of a file</source>
        <translation>le modèle ne regarde aucun moment d’un fichier</translation>
    </message>
    <message>
        <source>one channel at least with a &quot;quantity&quot;</source>
        <translation>au moins un canal avec une «&#xa0;quantity&#xa0;»</translation>
    </message>
    <message>
        <source>the model&apos;s answer is not as its outputs say</source>
        <translation>la réponse du modèle n’est pas telle que le disent ses sorties</translation>
    </message>
    <message>
        <source>as answer {0} at least the sizes [1, {1}, {2}, {3}]</source>
        <translation>comme réponse {0} au moins les tailles [1, {1}, {2}, {3}]</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>the model needs {0}, which the sweep does not have</source>
        <translation>le modèle a besoin de {0}, que le balayage n’a pas</translation>
    </message>
    <message>
        <source>give the channel a value for &quot;missing&quot; where the model can do without</source>
        <translation>donnez au canal une valeur de «&#xa0;missing&#xa0;» si le modèle peut s’en passer</translation>
    </message>
    <message>
        <source>the unit of {0} is another</source>
        <translation>l’unité de {0} est une autre</translation>
    </message>
    <message>
        <source>taken from {0}</source>
        <translation>repris de {0}</translation>
    </message>
    <message>
        <source>the file can&apos;t be read as TorchScript</source>
        <translation>le fichier ne peut pas être lu comme TorchScript</translation>
    </message>
    <message>
        <source>what torch.jit.script(model).save(&quot;model.pt&quot;) writes</source>
        <translation>ce qu’écrit torch.jit.script(model).save(&quot;model.pt&quot;)</translation>
    </message>
    <message>
        <source>LibTorch&apos;s answer &quot;{0}&quot;</source>
        <translation>la réponse de LibTorch «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the model answers something else than tensors</source>
        <translation>le modèle répond autre chose que des tenseurs</translation>
    </message>
    <message>
        <source>a tensor, or a list or tuple of tensors</source>
        <translation>un tenseur, ou une liste ou un n-uplet de tenseurs</translation>
    </message>
    <message>
        <source>a {0}</source>
        <translation>un {0}</translation>
    </message>
    <message>
        <source>checkpoint {0} can&apos;t be read and is put aside: {1}</source>
        <translation>le point de reprise {0} est illisible et mis de côté&#x202f;: {1}</translation>
    </message>
    <message>
        <source>begins with the weights of {0}</source>
        <translation>commence avec les poids de {0}</translation>
    </message>
    <message>
        <source>waited for samples {0} % of the time; memory at most {1} GB, {2} GB expected</source>
        <translation>a attendu des échantillons {0} % du temps&#x202f;; mémoire au plus {1} Go, {2} Go prévus</translation>
    </message>
    <message>
        <source>the model&apos;s own code fails: {0}</source>
        <translation>le code même du modèle échoue&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the run can&apos;t be a member of this ensemble</source>
        <translation>l’entraînement ne peut pas être membre de cet ensemble</translation>
    </message>
    <message>
        <source>runs of one task whose networks answer by its heads</source>
        <translation>des entraînements d’une même tâche, dont les réseaux répondent par ses sorties</translation>
    </message>
    <message>
        <source>this task has no mean of several networks</source>
        <translation>cette tâche n’a pas de moyenne de plusieurs réseaux</translation>
    </message>
    <message>
        <source>predict with one run</source>
        <translation>prédisez avec un seul entraînement</translation>
    </message>
    <message>
        <source>nothing to validate on (one time or radar alone): the last weights are kept; {0} steps</source>
        <translation>rien pour valider (un seul instant ou radar)&#xa0;: les derniers poids sont gardés&#xa0;; {0} pas</translation>
    </message>
    <message>
        <source>the folder can&apos;t be made</source>
        <translation>le dossier ne peut pas être créé</translation>
    </message>
    <message>
        <source>the checkpoint can&apos;t be read</source>
        <translation>le point de reprise ne peut pas être lu</translation>
    </message>
    <message>
        <source>the request can&apos;t be understood</source>
        <translation>la demande est incompréhensible</translation>
    </message>
    <message>
        <source>the name of a file</source>
        <translation>le nom d’un fichier</translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source>the projection &quot;{0}&quot; can&apos;t be used</source>
        <translation>la projection «&#xa0;{0}&#xa0;» est inutilisable</translation>
    </message>
    <message>
        <source>a PROJ text, WKT or a code such as EPSG:3035</source>
        <translation>un texte PROJ, du WKT ou un code comme EPSG:3035</translation>
    </message>
    <message>
        <source>ask those who made the file</source>
        <translation>demandez à ceux qui ont fait le fichier</translation>
    </message>
</context>
<context>
    <name>method</name>
    <message>
        <source>the method {0} looks at other times of the radar</source>
        <translation>la méthode {0} regarde d’autres instants du radar</translation>
    </message>
    <message>
        <source>name their folder with --context</source>
        <translation>nommez leur dossier avec --context</translation>
    </message>
    <message>
        <source>this is no sweep of a radar</source>
        <translation>ce n’est pas un balayage de radar</translation>
    </message>
    <message>
        <source>no other time of this sweep is known</source>
        <translation>aucun autre instant de ce balayage n’est connu</translation>
    </message>
    <message>
        <source>files of the same radar and elevation at other times, dry ones above all</source>
        <translation>des fichiers du même radar et du même angle à d’autres instants, secs avant tout</translation>
    </message>
    <message>
        <source>Static clutter map</source>
        <translation>Carte fixe d’échos parasites</translation>
    </message>
    <message>
        <source>Removes echoes where other times of the same sweep have them too, unless they are stronger now; best made from dry days</source>
        <translation>Enlève les échos là où d’autres instants du même balayage en ont aussi, sauf s’ils sont plus forts maintenant&#x202f;; idéalement faite de jours secs</translation>
    </message>
    <message>
        <source>files of the same radar at other times</source>
        <translation>des fichiers du même radar à d’autres instants</translation>
    </message>
    <message>
        <source>Share of times</source>
        <translation>Part des instants</translation>
    </message>
    <message>
        <source>An echo is removed where at least this share of the other times has one</source>
        <translation>Un écho est enlevé là où au moins cette part des autres instants en a un</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>Excès</translation>
    </message>
    <message>
        <source>An echo that is stronger by more than this than the mean of the other times is kept; 100: none is</source>
        <translation>Un écho plus fort que la moyenne des autres instants de plus que cela est gardé&#x202f;; 100&#xa0;: aucun ne l’est</translation>
    </message>
    <message>
        <source>Echo is from</source>
        <translation>Écho à partir de</translation>
    </message>
    <message>
        <source>What counts as an echo at the other times</source>
        <translation>Ce qui compte comme écho aux autres instants</translation>
    </message>
    <message>
        <source>Despeckle</source>
        <translation>Enlever les mouchetures</translation>
    </message>
    <message>
        <source>Removes connected echoes (eight neighbours) of few gates</source>
        <translation>Enlève les échos connexes (huit voisins) de peu de portes</translation>
    </message>
    <message>
        <source>Least gates</source>
        <translation>Portes minimales</translation>
    </message>
    <message>
        <source>Connected echoes with fewer gates are removed</source>
        <translation>Les échos connexes qui ont moins de portes sont enlevés</translation>
    </message>
    <message>
        <source>Weaker echoes do not connect others, and stay</source>
        <translation>Les échos plus faibles n’en relient pas d’autres, et restent</translation>
    </message>
    <message>
        <source>the setting {0} can&apos;t be used</source>
        <translation>le réglage {0} est inutilisable</translation>
    </message>
    <message>
        <source>two different numbers: where the membership begins and where it is full</source>
        <translation>deux nombres différents&#xa0;: où l’appartenance commence et où elle est entière</translation>
    </message>
    <message>
        <source>the sweep has no correlation coefficient</source>
        <translation>le balayage n’a pas de coefficient de corrélation</translation>
    </message>
    <message>
        <source>RHOHV of the same sweep and time, in this file or in those of --context</source>
        <translation>RHOHV du même balayage et du même instant, dans ce fichier ou dans ceux de --context</translation>
    </message>
    <message>
        <source>use another method for this radar</source>
        <translation>employez une autre méthode pour ce radar</translation>
    </message>
    <message>
        <source>an odd number</source>
        <translation>un nombre impair</translation>
    </message>
    <message>
        <source>Two numbers: where the membership of the class &quot;no rain&quot; begins, and where it is full</source>
        <translation>Deux nombres&#xa0;: où commence l’appartenance à la classe «&#xa0;pas de pluie&#xa0;», et où elle est entière</translation>
    </message>
    <message>
        <source>Share in the weighted mean; 0: not looked at</source>
        <translation>Part dans la moyenne pondérée&#x202f;; 0&#xa0;: pas regardé</translation>
    </message>
    <message>
        <source>Textures and correlation (fuzzy)</source>
        <translation>Textures et corrélation (logique floue)</translation>
    </message>
    <message>
        <source>Weighs signs of echoes that are no rain: low and rough correlation coefficient, rough differential reflectivity and phase, no movement (after Vulpiani et al., J. Appl. Meteorol. Climatol. 51, 2012), reflectivity that jumps from gate to gate (TDBZ and SPIN of Hubbert et al., J. Atmos. Oceanic Technol. 26, 2009); some limits and weights were chosen anew on validation data. Moments that are missing in over 30 % of the echoes with a correlation are left out; echoes of which nothing is known are kept</source>
        <translation>Pèse les signes d’échos qui ne sont pas de la pluie&#xa0;: coefficient de corrélation bas et rugueux, réflectivité et phase différentielles rugueuses, absence de mouvement (d’après Vulpiani et al., J. Appl. Meteorol. Climatol. 51, 2012), réflectivité qui saute d’une porte à l’autre (TDBZ et SPIN de Hubbert et al., J. Atmos. Oceanic Technol. 26, 2009)&#x202f;; certaines limites et certains poids ont été choisis à nouveau sur des données de validation. Les moments absents de plus de 30&#xa0;% des échos qui ont une corrélation sont laissés de côté&#x202f;; les échos dont on ne sait rien sont gardés</translation>
    </message>
    <message>
        <source>the correlation coefficient (RHOHV) of the same sweep</source>
        <translation>le coefficient de corrélation (RHOHV) du même balayage</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>An echo is removed where the weighted mean of the signs against it reaches this</source>
        <translation>Un écho est enlevé là où la moyenne pondérée des signes contre lui atteint cette valeur</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>Corrélation</translation>
    </message>
    <message>
        <source>Weight of the correlation</source>
        <translation>Poids de la corrélation</translation>
    </message>
    <message>
        <source>Roughness of the correlation</source>
        <translation>Rugosité de la corrélation</translation>
    </message>
    <message>
        <source>Weight of the correlation&apos;s roughness</source>
        <translation>Poids de la rugosité de la corrélation</translation>
    </message>
    <message>
        <source>Roughness of differential reflectivity</source>
        <translation>Rugosité de la réflectivité différentielle</translation>
    </message>
    <message>
        <source>Weight of differential reflectivity</source>
        <translation>Poids de la réflectivité différentielle</translation>
    </message>
    <message>
        <source>Roughness of differential phase</source>
        <translation>Rugosité de la phase différentielle</translation>
    </message>
    <message>
        <source>Weight of differential phase</source>
        <translation>Poids de la phase différentielle</translation>
    </message>
    <message>
        <source>No movement</source>
        <translation>Absence de mouvement</translation>
    </message>
    <message>
        <source>Weight of no movement</source>
        <translation>Poids de l’absence de mouvement</translation>
    </message>
    <message>
        <source>Jumps of reflectivity (TDBZ)</source>
        <translation>Sauts de réflectivité (TDBZ)</translation>
    </message>
    <message>
        <source>Changes of sign (SPIN)</source>
        <translation>Changements de signe (SPIN)</translation>
    </message>
    <message>
        <source>Weight of the larger of the two</source>
        <translation>Poids du plus grand des deux</translation>
    </message>
    <message>
        <source>Window, gates</source>
        <translation>Fenêtre, portes</translation>
    </message>
    <message>
        <source>Gates over which TDBZ and SPIN are taken; odd</source>
        <translation>Portes sur lesquelles TDBZ et SPIN sont calculés&#x202f;; impair</translation>
    </message>
    <message>
        <source>Window, rays</source>
        <translation>Fenêtre, rayons</translation>
    </message>
    <message>
        <source>Rays over which TDBZ and SPIN are taken; odd</source>
        <translation>Rayons sur lesquels TDBZ et SPIN sont calculés&#x202f;; impair</translation>
    </message>
    <message>
        <source>Gabella and Notarpietro</source>
        <translation>Gabella et Notarpietro</translation>
    </message>
    <message>
        <source>Removes echoes that stand out from their neighbours, and echoes whose area is small for its outline (M. Gabella and R. Notarpietro, ERAD 2002, 305–311). Values of wradlib: 5, 6 dB, 6, 1.3, from 0 dBZ</source>
        <translation>Enlève les échos qui se détachent de leurs voisins, et ceux dont l’aire est petite pour leur contour (M. Gabella et R. Notarpietro, ERAD 2002, 305–311). Valeurs de wradlib&#xa0;: 5, 6 dB, 6, 1,3, à partir de 0 dBZ</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Rays and gates of the square around a gate whose neighbours are looked at; an odd number</source>
        <translation>Rayons et portes du carré autour d’une porte dont les voisins sont regardés&#x202f;; un nombre impair</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>A neighbour is alike where the gate is not stronger than it by this</source>
        <translation>Un voisin est semblable là où la porte n’est pas plus forte que lui de cette valeur</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Voisins</translation>
    </message>
    <message>
        <source>An echo with fewer alike neighbours is removed; 0: none is, by this step</source>
        <translation>Un écho qui a moins de voisins semblables est enlevé&#x202f;; 0&#xa0;: aucun ne l’est par cette étape</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>A connected echo with fewer gates for each one on its edge is removed; 0: none is, by this step</source>
        <translation>Un écho connexe qui a moins de portes pour chacune de son bord est enlevé&#x202f;; 0&#xa0;: aucun ne l’est par cette étape</translation>
    </message>
    <message>
        <source>Reflectivity above which an echo belongs to a connected one</source>
        <translation>Réflectivité à partir de laquelle un écho appartient à un écho connexe</translation>
    </message>
    <message>
        <source>there is no method &quot;{0}&quot;</source>
        <translation>il n’y a pas de méthode «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’une de {0}</translation>
    </message>
    <message>
        <source>at most {0}, as many as a window of {1} has</source>
        <translation>au plus {0}, autant qu’en a une fenêtre de {1}</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
</context>
<context>
    <name>network</name>
    <message>
        <source>the network &quot;{0}&quot; can&apos;t learn in this program</source>
        <translation>le réseau «&#xa0;{0}&#xa0;» ne peut pas apprendre dans ce programme</translation>
    </message>
    <message>
        <source>there is no network &quot;{0}&quot;</source>
        <translation>il n’y a pas de réseau «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
</context>
<context>
    <name>odim</name>
    <message>
        <source>the HDF5 file can&apos;t be made</source>
        <translation>le fichier HDF5 ne peut pas être créé</translation>
    </message>
    <message>
        <source>check that there is enough memory</source>
        <translation>vérifiez qu’il y a assez de mémoire</translation>
    </message>
    <message>
        <source>the result does not have the shape of its sweep</source>
        <translation>le résultat n’a pas la forme de son balayage</translation>
    </message>
    <message>
        <source>there is no sweep {0} in the input</source>
        <translation>il n’y a pas de balayage {0} dans l’entrée</translation>
    </message>
    <message>
        <source>a result may not replace its input</source>
        <translation>un résultat ne doit pas remplacer son entrée</translation>
    </message>
    <message>
        <source>choose another folder for the results</source>
        <translation>choisissez un autre dossier pour les résultats</translation>
    </message>
    <message>
        <source>only sweeps of a radar can be written as a polar volume</source>
        <translation>seuls des balayages de radar peuvent être écrits en volume polaire</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>the picture can&apos;t be written</source>
        <translation>l’image ne peut pas être écrite</translation>
    </message>
    <message>
        <source>check the folder and the free space</source>
        <translation>vérifiez le dossier et la place libre</translation>
    </message>
    <message>
        <source>Simulating rain and ground echoes</source>
        <translation>Simulation de pluie et d’échos de sol</translation>
    </message>
    <message>
        <source>the run is not there any more</source>
        <translation>l’entraînement n’est plus là</translation>
    </message>
    <message>
        <source>the result file is not there any more</source>
        <translation>le fichier de résultats n’est plus là</translation>
    </message>
    <message>
        <source>choose another one, or bring it back</source>
        <translation>choisissez-en un autre, ou remettez-le en place</translation>
    </message>
    <message>
        <source>this is not there any more</source>
        <translation>ceci n’est plus là</translation>
    </message>
    <message>
        <source>this and the other {0} files that were open with it are not there any more</source>
        <translation>ceci et les {0} autres fichiers ouverts avec lui ne sont plus là</translation>
    </message>
    <message>
        <source>bring the folder or its disk back, or go on without it</source>
        <translation>remettez en place le dossier ou son disque, ou continuez sans lui</translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message>
        <source>Reflectivity</source>
        <translation>Réflectivité</translation>
    </message>
    <message>
        <source>Radial velocity</source>
        <translation>Vitesse radiale</translation>
    </message>
    <message>
        <source>Differential reflectivity</source>
        <translation>Réflectivité différentielle</translation>
    </message>
    <message>
        <source>Copolar correlation</source>
        <translation>Corrélation copolaire</translation>
    </message>
    <message>
        <source>Specific differential phase</source>
        <translation>Phase différentielle spécifique</translation>
    </message>
    <message>
        <source>Differential phase</source>
        <translation>Phase différentielle</translation>
    </message>
    <message>
        <source>Spectrum width</source>
        <translation>Largeur spectrale</translation>
    </message>
    <message>
        <source>Rain rate</source>
        <translation>Intensité de pluie</translation>
    </message>
    <message>
        <source>Rain amount</source>
        <translation>Cumul de pluie</translation>
    </message>
    <message>
        <source>Brightness temperature</source>
        <translation>Température de brillance</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Probabilité</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Incertitude</translation>
    </message>
    <message>
        <source>Echo class</source>
        <translation>Classe d’écho</translation>
    </message>
    <message>
        <source>Cloud type</source>
        <translation>Type de nuage</translation>
    </message>
</context>
<context>
    <name>process</name>
    <message>
        <source>the program can&apos;t be started</source>
        <translation>le programme ne peut pas être lancé</translation>
    </message>
    <message>
        <source>the log can&apos;t be opened</source>
        <translation>le journal ne peut pas être ouvert</translation>
    </message>
</context>
<context>
    <name>quantity</name>
    <message>
        <source>raw reflectivity</source>
        <translation>réflectivité brute</translation>
    </message>
    <message>
        <source>raw reflectivity, vertical</source>
        <translation>réflectivité brute, verticale</translation>
    </message>
    <message>
        <source>reflectivity</source>
        <translation>réflectivité</translation>
    </message>
    <message>
        <source>reflectivity, vertical</source>
        <translation>réflectivité, verticale</translation>
    </message>
    <message>
        <source>after the clutter filter</source>
        <translation>après le filtre d’échos de sol</translation>
    </message>
    <message>
        <source>radial velocity</source>
        <translation>vitesse radiale</translation>
    </message>
    <message>
        <source>radial velocity, vertical</source>
        <translation>vitesse radiale, verticale</translation>
    </message>
    <message>
        <source>unfolded velocity</source>
        <translation>vitesse dépliée</translation>
    </message>
    <message>
        <source>spectrum width</source>
        <translation>largeur spectrale</translation>
    </message>
    <message>
        <source>spectrum width, vertical</source>
        <translation>largeur spectrale, verticale</translation>
    </message>
    <message>
        <source>differential reflectivity</source>
        <translation>réflectivité différentielle</translation>
    </message>
    <message>
        <source>correlation of the polarisations</source>
        <translation>corrélation des polarisations</translation>
    </message>
    <message>
        <source>differential phase</source>
        <translation>phase différentielle</translation>
    </message>
    <message>
        <source>specific differential phase</source>
        <translation>phase différentielle spécifique</translation>
    </message>
    <message>
        <source>signal to noise</source>
        <translation>rapport signal sur bruit</translation>
    </message>
    <message>
        <source>signal quality</source>
        <translation>qualité du signal</translation>
    </message>
    <message>
        <source>rain rate</source>
        <translation>intensité de pluie</translation>
    </message>
    <message>
        <source>rain amount</source>
        <translation>cumul de pluie</translation>
    </message>
    <message>
        <source>classes of echo</source>
        <translation>classes d’écho</translation>
    </message>
</context>
<context>
    <name>readout</name>
    <message>
        <source>no echo</source>
        <translation>pas d’écho</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>enlevé</translation>
    </message>
    <message>
        <source>no echo or not measured</source>
        <translation>pas d’écho ou pas mesuré</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>pas mesuré</translation>
    </message>
    <message numerus="yes">
        <source>%n classes of echo</source>
        <translation>
            <numerusform>%n classe d’écho</numerusform>
            <numerusform>%n classes d’écho</numerusform>
        </translation>
    </message>
    <message>
        <source>Azimuth</source>
        <translation>Azimut</translation>
    </message>
    <message>
        <source>%1, ray %2</source>
        <translation>%1, rayon %2</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>%1, gate %2</source>
        <translation>%1, porte %2</translation>
    </message>
    <message>
        <source>Height of beam</source>
        <translation>Hauteur du faisceau</translation>
    </message>
    <message>
        <source>%1 above sea</source>
        <translation>%1 au-dessus de la mer</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>ligne %1, colonne %2</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
</context>
<context>
    <name>recent</name>
    <message>
        <source>today %1</source>
        <translation>aujourd’hui %1</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>il y a %n jour</numerusform>
            <numerusform>il y a %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n instant</numerusform>
            <numerusform>%n instants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sweeps</source>
        <translation>
            <numerusform>%n balayage</numerusform>
            <numerusform>%n balayages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n levels</source>
        <translation>
            <numerusform>%n niveau</numerusform>
            <numerusform>%n niveaux</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sites or products</source>
        <translation>
            <numerusform>%n site ou produit</numerusform>
            <numerusform>%n sites ou produits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>&quot;{0}&quot; is no number for {1}</source>
        <translation>«&#xa0;{0}&#xa0;» n’est pas un nombre pour {1}</translation>
    </message>
    <message>
        <source>a whole number of at least {0}</source>
        <translation>un entier d’au moins {0}</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no wall time</source>
        <translation>«&#xa0;{0}&#xa0;» n’est pas une durée</translation>
    </message>
    <message>
        <source>such as 90 (minutes), 2:00:00, 8 h or 1-12:00:00</source>
        <translation>comme 90 (minutes), 2:00:00, 8 h ou 1-12:00:00</translation>
    </message>
    <message>
        <source>the prediction can&apos;t be asked for</source>
        <translation>la prédiction ne peut pas être demandée</translation>
    </message>
    <message>
        <source>this run was written by a newer program</source>
        <translation>cet entraînement a été écrit par une version plus récente</translation>
    </message>
    <message>
        <source>format {0} or older</source>
        <translation>le format {0} ou plus ancien</translation>
    </message>
    <message>
        <source>format {0}</source>
        <translation>le format {0}</translation>
    </message>
    <message>
        <source>open it with a newer version of Embellie</source>
        <translation>ouvrez-le avec une version plus récente d’Embellie</translation>
    </message>
    <message>
        <source>the settings are no TOML: {0}</source>
        <translation>les réglages ne sont pas du TOML&#xa0;: {0}</translation>
    </message>
    <message>
        <source>a run needs a new or empty folder</source>
        <translation>un entraînement demande un dossier nouveau ou vide</translation>
    </message>
    <message>
        <source>choose another name, or continue the run that is there with --resume</source>
        <translation>choisissez un autre nom, ou continuez l’entraînement qui s’y trouve avec --resume</translation>
    </message>
    <message>
        <source>the folder of the run can&apos;t be made</source>
        <translation>le dossier de l’entraînement ne peut pas être créé</translation>
    </message>
    <message>
        <source>this is no run</source>
        <translation>ce n’est pas un entraînement</translation>
    </message>
    <message>
        <source>a folder with a file request.toml</source>
        <translation>un dossier avec un fichier request.toml</translation>
    </message>
    <message>
        <source>name the folder that &quot;train --run&quot; made</source>
        <translation>nommez le dossier fait par «&#xa0;train --run&#xa0;»</translation>
    </message>
    <message>
        <source>the request can&apos;t be understood: {0}</source>
        <translation>la demande est incompréhensible&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the folder of runs can&apos;t be read</source>
        <translation>le dossier des entraînements ne peut pas être lu</translation>
    </message>
    <message>
        <source>the run can&apos;t be recorded</source>
        <translation>l’entraînement ne peut pas être consigné</translation>
    </message>
    <message>
        <source>another trainer is at work on this run: process {0} on {1}</source>
        <translation>un autre programme travaille à cet entraînement&#xa0;: processus {0} sur {1}</translation>
    </message>
    <message>
        <source>follow that one, or stop it first</source>
        <translation>suivez celui-là, ou arrêtez-le d’abord</translation>
    </message>
    <message>
        <source>the run can&apos;t be locked</source>
        <translation>l’entraînement ne peut pas être verrouillé</translation>
    </message>
    <message>
        <source>the trainer before this one (process {0} on {1}) ended without saying so; its place is taken</source>
        <translation>le programme d’avant (processus {0} sur {1}) s’est arrêté sans le dire&#x202f;; sa place est prise</translation>
    </message>
    <message>
        <source>the request to stop can&apos;t be taken away</source>
        <translation>la demande d’arrêt ne peut pas être retirée</translation>
    </message>
    <message>
        <source>the scheduler gave this job no GPU: ask for one (--gpus 1)</source>
        <translation>l’ordonnanceur n’a donné aucun GPU à ce travail&#xa0;: demandez-en un (--gpus 1)</translation>
    </message>
    <message>
        <source>the job was put back into the queue {0} times, as often as the plan allows: it waits to be continued</source>
        <translation>le travail a été remis {0} fois dans la file, autant que le plan le permet&#xa0;: il attend d’être continué</translation>
    </message>
    <message>
        <source>the job was not put back into the queue: {0}</source>
        <translation>le travail n’a pas été remis dans la file&#xa0;: {0}</translation>
    </message>
    <message>
        <source>waits to be started</source>
        <translation>attend d’être lancé</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>démarre</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>tourne</translation>
    </message>
    <message>
        <source>is stopping</source>
        <translation>s’arrête</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fini</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échoué</translation>
    </message>
    <message>
        <source>was discarded</source>
        <translation>a été abandonné</translation>
    </message>
    <message>
        <source>was lost: it can be continued from its last checkpoint</source>
        <translation>a été perdu&#xa0;: il peut continuer depuis son dernier point de reprise</translation>
    </message>
    <message>
        <source>the file can&apos;t be understood</source>
        <translation>le fichier est incompréhensible</translation>
    </message>
    <message>
        <source>a JSON object</source>
        <translation>un objet JSON</translation>
    </message>
    <message>
        <source>the file can&apos;t be removed</source>
        <translation>le fichier ne peut pas être supprimé</translation>
    </message>
    <message>
        <source>name a writable folder in XDG_CACHE_HOME</source>
        <translation>indiquez un dossier accessible en écriture dans XDG_CACHE_HOME</translation>
    </message>
    <message>
        <source>the run has no weights yet</source>
        <translation>l’entraînement n’a pas encore de poids</translation>
    </message>
    <message>
        <source>wait for the end of its first epoch</source>
        <translation>attendez la fin de sa première époque</translation>
    </message>
    <message>
        <source>the run&apos;s checkpoints can&apos;t be listed</source>
        <translation>les points de reprise de l’entraînement ne peuvent pas être listés</translation>
    </message>
    <message>
        <source>there is no safe place for the model that comes with the program</source>
        <translation>il n’y a pas d’endroit sûr pour le modèle fourni avec le programme</translation>
    </message>
    <message>
        <source>a folder of your own that nobody else may enter</source>
        <translation>un dossier à vous où personne d’autre ne peut entrer</translation>
    </message>
    <message>
        <source>the model can&apos;t be copied to where it can be used: {0}</source>
        <translation>le modèle ne peut pas être copié là où l’on peut s’en servir&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>scene</name>
    <message>
        <source>the palettes can&apos;t be read: {0}</source>
        <translation>les palettes ne peuvent pas être lues&#xa0;: {0}</translation>
    </message>
    <message>
        <source>install the program&apos;s resources again</source>
        <translation>réinstallez les ressources du programme</translation>
    </message>
</context>
<context>
    <name>score</name>
    <message>
        <source>there are no raw echoes &quot;{0}&quot; for this sweep</source>
        <translation>il n’y a pas d’échos bruts «&#xa0;{0}&#xa0;» pour ce balayage</translation>
    </message>
    <message>
        <source>no candidate has a reference</source>
        <translation>aucun candidat n’a de référence</translation>
    </message>
    <message>
        <source>compare what embellie-cli info says of the files</source>
        <translation>comparez ce que embellie-cli info dit des fichiers</translation>
    </message>
    <message>
        <source>{0} arrays have no reference and do not count</source>
        <translation>{0} tableaux n’ont pas de référence et ne comptent pas</translation>
    </message>
    <message>
        <source>there is no array &quot;{0}&quot;</source>
        <translation>il n’y a pas de tableau «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>the class fields to compare have different shapes</source>
        <translation>les champs de classes à comparer n’ont pas la même forme</translation>
    </message>
    <message>
        <source>the reference does not say what its classes mean</source>
        <translation>la référence ne dit pas ce que signifient ses classes</translation>
    </message>
    <message>
        <source>the fields to compare have different shapes</source>
        <translation>les champs à comparer n’ont pas la même forme</translation>
    </message>
    <message>
        <source>{0} cells as in the reference</source>
        <translation>{0} cellules comme dans la référence</translation>
    </message>
    <message>
        <source>{0} cells</source>
        <translation>{0} cellules</translation>
    </message>
    <message>
        <source>there is no rain in the reference</source>
        <translation>il n’y a pas de pluie dans la référence</translation>
    </message>
    <message>
        <source>finds no rain at all</source>
        <translation>ne trouve aucune pluie</translation>
    </message>
    <message>
        <source>finds {0} % of the rain; {1} % of what it calls rain is none</source>
        <translation>trouve {0}&#xa0;% de la pluie&#x202f;; {1}&#xa0;% de ce qu’il appelle pluie n’en est pas</translation>
    </message>
    <message>
        <source>the rays lie elsewhere than those of the reference</source>
        <translation>les rayons sont ailleurs que ceux de la référence</translation>
    </message>
    <message>
        <source>the azimuths of {0}</source>
        <translation>les azimuts de {0}</translation>
    </message>
    <message>
        <source>the same site, time, elevation and gates (number, length, beginning) in both</source>
        <translation>les mêmes site, instant, élévation et portes (nombre, longueur, début) dans les deux</translation>
    </message>
    <message>
        <source>one array has no reference and does not count</source>
        <translation>un tableau n’a pas de référence et ne compte pas</translation>
    </message>
    <message>
        <source>one array of the references has no candidate and does not count</source>
        <translation>un tableau des références n’a pas de candidat et ne compte pas</translation>
    </message>
    <message>
        <source>{0} arrays of the references have no candidate and do not count</source>
        <translation>{0} tableaux des références n’ont pas de candidat et ne comptent pas</translation>
    </message>
    <message>
        <source>removes {0} % of what is not rain, loses {1} % of raw&apos;s rain</source>
        <translation>enlève {0}&#xa0;% de ce qui n’est pas de la pluie, perd {1}&#xa0;% de la pluie du brut</translation>
    </message>
    <message>
        <source>removes {0} % of what is not rain; raw has no rain to lose</source>
        <translation>enlève {0}&#xa0;% de ce qui n’est pas de la pluie&#xa0;; le brut n’a pas de pluie à perdre</translation>
    </message>
    <message>
        <source>loses {0} % of raw&apos;s rain; there is nothing else to remove</source>
        <translation>perd {0}&#xa0;% de la pluie du brut&#xa0;; il n’y a rien d’autre à enlever</translation>
    </message>
    <message>
        <source>raw has none of the reference&apos;s rain</source>
        <translation>le brut n’a rien de la pluie de la référence</translation>
    </message>
</context>
<context>
    <name>script</name>
    <message>
        <source>this is no TorchScript file</source>
        <translation>ce n’est pas un fichier TorchScript</translation>
    </message>
    <message>
        <source>what torch.jit.script(model).save(&quot;model.pt&quot;) writes</source>
        <translation>ce qu’écrit torch.jit.script(model).save(&quot;model.pt&quot;)</translation>
    </message>
    <message>
        <source>the model can&apos;t be opened</source>
        <translation>le modèle ne peut pas être ouvert</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; can&apos;t be &quot;{1}&quot;</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas être «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’un de {0}</translation>
    </message>
    <message>
        <source>nothing is known by the name &quot;{0}&quot; here</source>
        <translation>rien n’est connu ici sous le nom «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is missing</source>
        <translation>«&#xa0;{0}&#xa0;» manque</translation>
    </message>
    <message>
        <source>the value of &quot;{0}&quot; is of another kind</source>
        <translation>la valeur de «&#xa0;{0}&#xa0;» est d’une autre nature</translation>
    </message>
    <message>
        <source>see docs/foreign-models.md</source>
        <translation>voyez docs/foreign-models.md</translation>
    </message>
    <message>
        <source>either &quot;quantity&quot; or &quot;computed&quot;</source>
        <translation>«&#xa0;quantity&#xa0;» ou bien «&#xa0;computed&#xa0;»</translation>
    </message>
    <message>
        <source>a scale that is not 0</source>
        <translation>une échelle différente de 0</translation>
    </message>
    <message>
        <source>either [[input.channel]] tables or &quot;channels&quot;, numbers of the task&apos;s channels</source>
        <translation>des tables [[input.channel]], ou bien «&#xa0;channels&#xa0;», les numéros de canaux de la tâche</translation>
    </message>
    <message>
        <source>numbers from 0 on</source>
        <translation>des nombres à partir de 0</translation>
    </message>
    <message>
        <source>the names of all classes</source>
        <translation>les noms de toutes les classes</translation>
    </message>
    <message>
        <source>the model is not there</source>
        <translation>le modèle n’est pas là</translation>
    </message>
    <message>
        <source>a TorchScript file (.pt), or the TOML that describes one</source>
        <translation>un fichier TorchScript (.pt), ou le TOML qui en décrit un</translation>
    </message>
    <message>
        <source>the model&apos;s description is no TOML: {0}</source>
        <translation>la description du modèle n’est pas du TOML&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the description was written for a newer program</source>
        <translation>la description a été écrite pour une version plus récente</translation>
    </message>
    <message>
        <source>format 1</source>
        <translation>le format 1</translation>
    </message>
    <message>
        <source>the .pt, beside this file</source>
        <translation>le .pt, à côté de ce fichier</translation>
    </message>
    <message>
        <source>the model is not beside its description</source>
        <translation>le modèle n’est pas à côté de sa description</translation>
    </message>
    <message>
        <source>the name of a file in the same folder</source>
        <translation>le nom d’un fichier du même dossier</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>a number from 1 to 4096</source>
        <translation>un nombre de 1 à 4096</translation>
    </message>
    <message>
        <source>the inputs and the outputs do not go together</source>
        <translation>les entrées et les sorties ne vont pas ensemble</translation>
    </message>
    <message>
        <source>own channels in every input and at least one [[output]], or the task&apos;s channels and no [[output]]</source>
        <translation>des canaux propres dans chaque entrée et au moins une [[output]], ou les canaux de la tâche et aucune [[output]]</translation>
    </message>
    <message>
        <source>Your own (TorchScript)</source>
        <translation>Le vôtre (TorchScript)</translation>
    </message>
    <message>
        <source>An architecture written in Python and saved by torch.jit.script: takes the channels of the task and answers its heads, as one tensor or one each. It is trained from the numbers that the file holds</source>
        <translation>Une architecture écrite en Python et enregistrée par torch.jit.script&#xa0;: elle prend les canaux de la tâche et répond par ses têtes, en un tenseur ou un chacune. Elle s’entraîne à partir des nombres du fichier</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>The TorchScript file (.pt), or the TOML that describes it: several inputs, sizes that it takes. The run keeps a copy</source>
        <translation>Le fichier TorchScript (.pt), ou le TOML qui le décrit&#xa0;: plusieurs entrées, tailles acceptées. L’entraînement en garde une copie</translation>
    </message>
    <message>
        <source>the task has no channel {0}</source>
        <translation>la tâche n’a pas de canal {0}</translation>
    </message>
    <message>
        <source>numbers from 0 to {0}</source>
        <translation>des nombres de 0 à {0}</translation>
    </message>
    <message>
        <source>the model&apos;s answer is not that of the task&apos;s heads</source>
        <translation>la réponse du modèle n’est pas celle des têtes de la tâche</translation>
    </message>
    <message>
        <source>for {0} the sizes [{1}, {2}, {3}, {4}], with {5} channels together or one tensor each</source>
        <translation>pour {0} les tailles [{1}, {2}, {3}, {4}], avec {5} canaux ensemble ou un tenseur chacune</translation>
    </message>
    <message>
        <source>choose the file (script.file)</source>
        <translation>choisissez le fichier (script.file)</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
</context>
<context>
    <name>segment</name>
    <message>
        <source>Name the echoes</source>
        <translation>Nommer les échos</translation>
    </message>
    <message>
        <source>Gives every echo of a sweep its class (rain, ground, clear air, interference, speckle, noise); learns from sweeps whose echoes have been named</source>
        <translation>Donne à chaque écho d’un balayage sa classe (pluie, sol, air clair, interférence, chatoiement, bruit)&#x202f;; apprend de balayages dont les échos sont nommés</translation>
    </message>
    <message>
        <source>Labelled sweeps</source>
        <translation>Balayages étiquetés</translation>
    </message>
    <message>
        <source>Files with reflectivity and a field of classes</source>
        <translation>Fichiers avec la réflectivité et un champ de classes</translation>
    </message>
    <message>
        <source>the built-in scene, whose classes are known</source>
        <translation>la scène intégrée, dont les classes sont connues</translation>
    </message>
    <message>
        <source>Gates of a sample</source>
        <translation>Portes par échantillon</translation>
    </message>
    <message>
        <source>How far a sample reaches; all have the whole circle</source>
        <translation>Jusqu’où va un échantillon&#x202f;; tous font le tour entier</translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation>Part pour la validation</translation>
    </message>
    <message>
        <source>Of the times (of a single volume: every third sweep) that training never sees</source>
        <translation>Des instants (d’un seul volume&#xa0;: un balayage sur trois) que l’entraînement ne voit jamais</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>Simulated scenes that are learnt from when no files are given</source>
        <translation>Scènes simulées qui servent à apprendre quand aucun fichier n’est donné</translation>
    </message>
    <message>
        <source>Highest elevation</source>
        <translation>Site le plus haut</translation>
    </message>
    <message>
        <source>Sweeps above it are not learnt from</source>
        <translation>Les balayages au-dessus ne servent pas à apprendre</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>IoU moyen</translation>
    </message>
    <message>
        <source>Overlap of named and true cells, mean over the classes</source>
        <translation>Recouvrement des cellules nommées et vraies, moyenne sur les classes</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Share of echoes with the right name</source>
        <translation>Part des échos bien nommés</translation>
    </message>
    <message>
        <source>IoU of rain</source>
        <translation>IoU de la pluie</translation>
    </message>
    <message>
        <source>Overlap of named and true rain</source>
        <translation>Recouvrement de la pluie nommée et vraie</translation>
    </message>
    <message>
        <source>raw reflectivity, (dBZ - 10) / 20, clipped to -1.5 … 2.5; -1.5 without echo</source>
        <translation>réflectivité brute, (dBZ - 10) / 20, bornée de -1,5 à 2,5&#x202f;; -1,5 sans écho</translation>
    </message>
    <message>
        <source>1 where there is an echo, else 0</source>
        <translation>1 où il y a un écho, sinon 0</translation>
    </message>
    <message>
        <source>distance from the radar in 100 km</source>
        <translation>distance au radar en centaines de km</translation>
    </message>
    <message>
        <source>one number a class; the greatest wins</source>
        <translation>un nombre par classe&#x202f;; le plus grand l’emporte</translation>
    </message>
    <message>
        <source>the files have no labels</source>
        <translation>les fichiers n’ont pas d’étiquettes</translation>
    </message>
    <message>
        <source>a field of classes with names beside the reflectivity</source>
        <translation>un champ de classes avec leurs noms à côté de la réflectivité</translation>
    </message>
    <message>
        <source>the classes lie on other gates or rays than the reflectivity</source>
        <translation>les classes sont sur d’autres portes ou rayons que la réflectivité</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>true or false</source>
        <translation>true ou false</translation>
    </message>
    <message>
        <source>one of: {0}</source>
        <translation>l’un de&#xa0;: {0}</translation>
    </message>
    <message>
        <source>a whole number from {0} to {1}{2}</source>
        <translation>un entier de {0} à {1}{2}</translation>
    </message>
    <message>
        <source>numbers from {0} to {1}{2}, separated by commas</source>
        <translation>des nombres de {0} à {1}{2}, séparés par des virgules</translation>
    </message>
    <message>
        <source>a number from {0} to {1}{2}</source>
        <translation>un nombre de {0} à {1}{2}</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>un texte</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; does not fit here</source>
        <translation>«&#xa0;{0}&#xa0;» ne convient pas ici</translation>
    </message>
    <message>
        <source>{0} is over the limit of {1}</source>
        <translation>{0} dépasse la limite de {1}</translation>
    </message>
    <message>
        <source>{0} is under the limit of {1}</source>
        <translation>{0} est sous la limite de {1}</translation>
    </message>
    <message>
        <source>there is no setting &quot;{0}&quot;</source>
        <translation>il n’y a pas de réglage «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
    <message>
        <source>the value of {0} is of no kind that a setting has</source>
        <translation>la valeur de {0} n’est d’aucune sorte qu’un réglage peut avoir</translation>
    </message>
    <message>
        <source>true or false, a number, a text or a list of numbers</source>
        <translation>true ou false, un nombre, un texte ou une liste de nombres</translation>
    </message>
    <message>
        <source>the settings can&apos;t be read as TOML</source>
        <translation>les réglages ne peuvent pas être lus comme TOML</translation>
    </message>
    <message>
        <source>the fault &quot;{0}&quot;</source>
        <translation>la faute&#xa0;: «&#xa0;{0}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>simulate</name>
    <message>
        <source>&quot;{0}&quot; is no time</source>
        <translation>«&#xa0;{0}&#xa0;» n’est pas une date</translation>
    </message>
    <message>
        <source>a time such as 2024-06-15T14:00:00Z</source>
        <translation>une date comme 2024-06-15T14:00:00Z</translation>
    </message>
    <message>
        <source>a scene needs at least one elevation</source>
        <translation>une scène demande au moins un angle de site</translation>
    </message>
    <message>
        <source>a range of {0} km is more than a radar has</source>
        <translation>une portée de {0} km dépasse celle d’un radar</translation>
    </message>
    <message>
        <source>at most 600 km</source>
        <translation>au plus 600 km</translation>
    </message>
    <message>
        <source>take fewer or shorter gates</source>
        <translation>prenez des portes moins nombreuses ou plus courtes</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>Another seed is another site with other weather</source>
        <translation>Une autre graine est un autre site avec un autre temps</translation>
    </message>
    <message>
        <source>Another radar</source>
        <translation>Un autre radar</translation>
    </message>
    <message>
        <source>Each seed draws another radar, site and weather: whatever is left at its default</source>
        <translation>Chaque graine tire un autre radar, un autre site et un autre temps&#xa0;: tout ce qui reste à sa valeur par défaut</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Instants</translation>
    </message>
    <message>
        <source>How many volumes, one after another</source>
        <translation>Combien de volumes, l’un après l’autre</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervalle</translation>
    </message>
    <message>
        <source>Time from one volume to the next</source>
        <translation>Durée d’un volume au suivant</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Time of the first volume, UTC</source>
        <translation>Date du premier volume, UTC</translation>
    </message>
    <message>
        <source>Elevations</source>
        <translation>Angles de site</translation>
    </message>
    <message>
        <source>Elevation of each sweep above the horizon</source>
        <translation>Angle de chaque balayage au-dessus de l’horizon</translation>
    </message>
    <message>
        <source>Rays</source>
        <translation>Rayons</translation>
    </message>
    <message>
        <source>Rays of a sweep</source>
        <translation>Rayons d’un balayage</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Portes</translation>
    </message>
    <message>
        <source>Gates of a ray</source>
        <translation>Portes d’un rayon</translation>
    </message>
    <message>
        <source>Gate length</source>
        <translation>Longueur de porte</translation>
    </message>
    <message>
        <source>Length of a gate along the beam</source>
        <translation>Longueur d’une porte le long du faisceau</translation>
    </message>
    <message>
        <source>Start of range</source>
        <translation>Début de la portée</translation>
    </message>
    <message>
        <source>Where the first gate begins</source>
        <translation>Où commence la première porte</translation>
    </message>
    <message>
        <source>Beam width</source>
        <translation>Largeur du faisceau</translation>
    </message>
    <message>
        <source>Half-power width of the beam</source>
        <translation>Largeur du faisceau à mi-puissance</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Reflectivities are rounded to multiples of it</source>
        <translation>Les réflectivités sont arrondies à ses multiples</translation>
    </message>
    <message>
        <source>Calibration offset</source>
        <translation>Décalage d’étalonnage</translation>
    </message>
    <message>
        <source>Added to every reflectivity, the true rain&apos;s too</source>
        <translation>Ajouté à chaque réflectivité, celle de la vraie pluie aussi</translation>
    </message>
    <message>
        <source>Side lobes</source>
        <translation>Lobes secondaires</translation>
    </message>
    <message>
        <source>Two-way level beside the main lobe: they light the ground close by</source>
        <translation>Niveau aller-retour à côté du lobe principal&#xa0;: ils éclairent le sol tout proche</translation>
    </message>
    <message>
        <source>Wavelength</source>
        <translation>Longueur d’onde</translation>
    </message>
    <message>
        <source>Decides how strong sea and wind turbines look beside rain</source>
        <translation>Décide de la force de la mer et des éoliennes par rapport à la pluie</translation>
    </message>
    <message>
        <source>Nyquist velocity</source>
        <translation>Vitesse de Nyquist</translation>
    </message>
    <message>
        <source>Radial velocities are folded into plus and minus it</source>
        <translation>Les vitesses radiales sont repliées entre plus et moins cette valeur</translation>
    </message>
    <message>
        <source>Further moments</source>
        <translation>Autres moments</translation>
    </message>
    <message>
        <source>RHOHV, VRADH, WRADH, ZDR and SQIH beside the reflectivities</source>
        <translation>RHOHV, VRADH, WRADH, ZDR et SQIH à côté des réflectivités</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Short name of the radar, part of the file names</source>
        <translation>Nom court du radar, il figure dans les noms de fichiers</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>Latitude of the radar</source>
        <translation>Latitude du radar</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>Longitude of the radar</source>
        <translation>Longitude du radar</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Height of the antenna above sea level</source>
        <translation>Hauteur de l’antenne au-dessus de la mer</translation>
    </message>
    <message>
        <source>Rain cover</source>
        <translation>Étendue de la pluie</translation>
    </message>
    <message>
        <source>Share of the area with widespread rain; 0: a day without it</source>
        <translation>Part du domaine sous une pluie étendue&#x202f;; 0&#xa0;: un jour sans elle</translation>
    </message>
    <message>
        <source>Rain rate</source>
        <translation>Intensité de pluie</translation>
    </message>
    <message>
        <source>Median rate of the widespread rain</source>
        <translation>Intensité médiane de la pluie étendue</translation>
    </message>
    <message>
        <source>Spread of rates</source>
        <translation>Dispersion des intensités</translation>
    </message>
    <message>
        <source>Standard deviation of the logarithm of the rate</source>
        <translation>Écart type du logarithme de l’intensité</translation>
    </message>
    <message>
        <source>Size of rain areas</source>
        <translation>Taille des zones de pluie</translation>
    </message>
    <message>
        <source>Outer scale of the rain field</source>
        <translation>Échelle externe du champ de pluie</translation>
    </message>
    <message>
        <source>Lifetime</source>
        <translation>Durée de vie</translation>
    </message>
    <message>
        <source>How long a large rain area keeps its shape</source>
        <translation>Combien de temps une grande zone de pluie garde sa forme</translation>
    </message>
    <message>
        <source>Showers</source>
        <translation>Averses</translation>
    </message>
    <message>
        <source>Mean number of convective cells alive</source>
        <translation>Nombre moyen de cellules convectives en vie</translation>
    </message>
    <message>
        <source>Rain band</source>
        <translation>Bande de pluie</translation>
    </message>
    <message>
        <source>A squall line with its trailing rain crosses the area</source>
        <translation>Une ligne de grains, suivie de sa traîne de pluie, traverse le domaine</translation>
    </message>
    <message>
        <source>Wind speed</source>
        <translation>Vitesse du vent</translation>
    </message>
    <message>
        <source>With which the rain drifts</source>
        <translation>Avec laquelle la pluie se déplace</translation>
    </message>
    <message>
        <source>Wind from</source>
        <translation>Vent de</translation>
    </message>
    <message>
        <source>Where the wind comes from, clockwise from north</source>
        <translation>D’où vient le vent, du nord dans le sens des aiguilles d’une montre</translation>
    </message>
    <message>
        <source>Gusts</source>
        <translation>Rafales</translation>
    </message>
    <message>
        <source>Standard deviation of the wind within the rain</source>
        <translation>Écart type du vent dans la pluie</translation>
    </message>
    <message>
        <source>Melting height</source>
        <translation>Hauteur de fusion</translation>
    </message>
    <message>
        <source>0 °C level above sea: the bright band lies below it</source>
        <translation>Altitude de l’isotherme 0 °C&#xa0;: la bande brillante est juste au-dessous</translation>
    </message>
    <message>
        <source>Top of rain</source>
        <translation>Sommet de la pluie</translation>
    </message>
    <message>
        <source>Top of the widespread rain above sea</source>
        <translation>Sommet de la pluie étendue au-dessus de la mer</translation>
    </message>
    <message>
        <source>Dry share</source>
        <translation>Part sèche</translation>
    </message>
    <message>
        <source>Share of the time without any rain; 0: rain at all times</source>
        <translation>Part du temps sans aucune pluie&#x202f;; 0&#xa0;: de la pluie à tout moment</translation>
    </message>
    <message>
        <source>Spells</source>
        <translation>Épisodes</translation>
    </message>
    <message>
        <source>Mean length of a dry or a wet spell</source>
        <translation>Durée moyenne d’un épisode sec ou pluvieux</translation>
    </message>
    <message>
        <source>Relief</source>
        <translation>Relief</translation>
    </message>
    <message>
        <source>Standard deviation of the terrain&apos;s height</source>
        <translation>Écart type de la hauteur du terrain</translation>
    </message>
    <message>
        <source>Ground echo</source>
        <translation>Écho de sol</translation>
    </message>
    <message>
        <source>Of a slope that fills the beam; -30: no ground echo</source>
        <translation>D’une pente qui remplit le faisceau&#x202f;; -30&#xa0;: pas d’écho de sol</translation>
    </message>
    <message>
        <source>Mountains</source>
        <translation>Montagnes</translation>
    </message>
    <message>
        <source>Massifs between 25 and 150 km</source>
        <translation>Massifs entre 25 et 150 km</translation>
    </message>
    <message>
        <source>Height of mountains</source>
        <translation>Hauteur des montagnes</translation>
    </message>
    <message>
        <source>Of their summits above the land around</source>
        <translation>De leurs sommets au-dessus du pays alentour</translation>
    </message>
    <message>
        <source>Distance to the sea</source>
        <translation>Distance de la mer</translation>
    </message>
    <message>
        <source>Beyond it, on one side, is sea; 0: none</source>
        <translation>Au-delà, d’un côté, c’est la mer&#x202f;; 0&#xa0;: aucune</translation>
    </message>
    <message>
        <source>Sea state</source>
        <translation>État de la mer</translation>
    </message>
    <message>
        <source>Douglas scale: 0 is calm, 3 slight, 6 very rough</source>
        <translation>Échelle de Douglas&#xa0;: 0 calme, 3 peu agitée, 6 très forte</translation>
    </message>
    <message>
        <source>Bending of rays</source>
        <translation>Courbure des rayons</translation>
    </message>
    <message>
        <source>Effective radius of the Earth for ground and sea, in Earth radii: 4/3 is the standard, more is ducting</source>
        <translation>Rayon effectif de la Terre pour le sol et la mer, en rayons terrestres&#xa0;: 4/3 est la norme, davantage un guidage</translation>
    </message>
    <message>
        <source>Obstacles</source>
        <translation>Obstacles</translation>
    </message>
    <message>
        <source>Trees, masts and buildings close to the radar that hide a sector</source>
        <translation>Arbres, mâts et bâtiments près du radar qui cachent un secteur</translation>
    </message>
    <message>
        <source>Blanked sectors</source>
        <translation>Secteurs éteints</translation>
    </message>
    <message>
        <source>In which the radar does not transmit</source>
        <translation>Dans lesquels le radar n’émet pas</translation>
    </message>
    <message>
        <source>Wind parks</source>
        <translation>Parcs éoliens</translation>
    </message>
    <message>
        <source>Groups of wind turbines within 75 km</source>
        <translation>Groupes d’éoliennes à moins de 75 km</translation>
    </message>
    <message>
        <source>Clear-air echo</source>
        <translation>Écho d’air clair</translation>
    </message>
    <message>
        <source>Insects and eddies near the ground; -30: none</source>
        <translation>Insectes et tourbillons près du sol&#x202f;; -30&#xa0;: aucun</translation>
    </message>
    <message>
        <source>Depth of clear air</source>
        <translation>Épaisseur de l’air clair</translation>
    </message>
    <message>
        <source>Top of the layer that insects fill, above the radar</source>
        <translation>Sommet de la couche que remplissent les insectes, au-dessus du radar</translation>
    </message>
    <message>
        <source>Interference spokes</source>
        <translation>Rayons d’interférence</translation>
    </message>
    <message>
        <source>Mean number in a sweep</source>
        <translation>Nombre moyen dans un balayage</translation>
    </message>
    <message>
        <source>Speckle</source>
        <translation>Chatoiement</translation>
    </message>
    <message>
        <source>Share of gates with a lonely echo</source>
        <translation>Part des portes avec un écho isolé</translation>
    </message>
    <message>
        <source>Receiver noise</source>
        <translation>Bruit du récepteur</translation>
    </message>
    <message>
        <source>Reflectivity that equals the noise at 1 km</source>
        <translation>Réflectivité égale au bruit à 1 km</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>Détection</translation>
    </message>
    <message>
        <source>Signal-to-noise ratio above which an echo is reported</source>
        <translation>Rapport signal sur bruit au-delà duquel un écho est signalé</translation>
    </message>
    <message>
        <source>Noise left</source>
        <translation>Bruit restant</translation>
    </message>
    <message>
        <source>Share of the mean noise that is not subtracted</source>
        <translation>Part du bruit moyen qui n’est pas soustraite</translation>
    </message>
    <message>
        <source>Pulses</source>
        <translation>Impulsions</translation>
    </message>
    <message>
        <source>Independent pulses of a gate: their mean is gamma-distributed</source>
        <translation>Impulsions indépendantes d’une porte&#xa0;: leur moyenne suit une loi gamma</translation>
    </message>
    <message>
        <source>Despeckling</source>
        <translation>Suppression des mouchetures</translation>
    </message>
    <message>
        <source>The radar drops echoes that are alone along their ray</source>
        <translation>Le radar écarte les échos isolés le long de leur rayon</translation>
    </message>
    <message>
        <source>Least SQI</source>
        <translation>SQI minimal</translation>
    </message>
    <message>
        <source>Signal quality index below which no velocity is given</source>
        <translation>Indice de qualité du signal au-dessous duquel aucune vitesse n’est donnée</translation>
    </message>
    <message>
        <source>Least SQI of echoes</source>
        <translation>SQI minimal des échos</translation>
    </message>
    <message>
        <source>Signal quality index below which the radar drops an echo</source>
        <translation>Indice de qualité du signal au-dessous duquel le radar écarte un écho</translation>
    </message>
    <message>
        <source>Clutter filter</source>
        <translation>Filtre d’échos de sol</translation>
    </message>
    <message>
        <source>By which the radar&apos;s own filter weakens what is at rest; 0: none</source>
        <translation>De combien le filtre du radar lui-même affaiblit ce qui est immobile&#x202f;; 0&#xa0;: aucun</translation>
    </message>
    <message>
        <source>Limit of clutter</source>
        <translation>Limite d’échos de sol</translation>
    </message>
    <message>
        <source>Ground over all other echo and noise from which the radar drops the gate; 0: it never does</source>
        <translation>Rapport du sol à tout autre écho et au bruit au-delà duquel le radar écarte la porte&#x202f;; 0&#xa0;: jamais</translation>
    </message>
    <message>
        <source>Rain gauges</source>
        <translation>Pluviomètres</translation>
    </message>
    <message>
        <source>Stations with a rain gauge within 100 km</source>
        <translation>Stations avec pluviomètre à moins de 100 km</translation>
    </message>
    <message>
        <source>Step of gauges</source>
        <translation>Pas des pluviomètres</translation>
    </message>
    <message>
        <source>Rain that tips the bucket</source>
        <translation>Pluie qui fait basculer l’auget</translation>
    </message>
    <message>
        <source>Gauges missing</source>
        <translation>Pluviomètres absents</translation>
    </message>
    <message>
        <source>Share of readings that never arrived</source>
        <translation>Part des relevés qui ne sont jamais arrivés</translation>
    </message>
    <message>
        <source>the folder can&apos;t be made</source>
        <translation>le dossier ne peut pas être créé</translation>
    </message>
    <message>
        <source>files without the truth would replace those with it</source>
        <translation>les fichiers sans la vérité remplaceraient ceux qui la contiennent</translation>
    </message>
    <message>
        <source>name two folders</source>
        <translation>indiquez deux dossiers</translation>
    </message>
</context>
<context>
    <name>task</name>
    <message>
        <source>the network &quot;{0}&quot; does not fit the task &quot;{1}&quot;</source>
        <translation>le réseau «&#xa0;{0}&#xa0;» ne convient pas à la tâche «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>the task &quot;{0}&quot; can&apos;t learn in this program</source>
        <translation>la tâche «&#xa0;{0}&#xa0;» ne peut pas apprendre dans ce programme</translation>
    </message>
    <message>
        <source>built-in scene {0}</source>
        <translation>scène intégrée {0}</translation>
    </message>
    <message>
        <source>needs about {0} GB</source>
        <translation>demande environ {0} Go</translation>
    </message>
    <message>
        <source>needs about {0} of {1} GB</source>
        <translation>demande environ {0} sur {1} Go</translation>
    </message>
    <message>
        <source>left out: {0}</source>
        <translation>écarté&#xa0;: {0}</translation>
    </message>
    <message>
        <source>nothing to learn from among the files for &quot;{0}&quot;</source>
        <translation>rien à apprendre parmi les fichiers pour «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>sweeps up to {0} degrees with one of {1}</source>
        <translation>des balayages jusqu’à {0} degrés avec l’un de {1}</translation>
    </message>
    <message>
        <source>look at the files with &quot;info&quot;</source>
        <translation>regardez les fichiers avec «&#xa0;info&#xa0;»</translation>
    </message>
    <message>
        <source>nothing in this file can be predicted from</source>
        <translation>rien dans ce fichier ne permet de prédire</translation>
    </message>
    <message>
        <source>azimuth sweeps with one of {0}</source>
        <translation>des balayages en azimut avec l’un de {0}</translation>
    </message>
    <message>
        <source>azimuth sweeps with {0}</source>
        <translation>des balayages en azimut avec {0}</translation>
    </message>
    <message>
        <source>look at it with &quot;info&quot;, and name the array with --input</source>
        <translation>regardez-le avec «&#xa0;info&#xa0;», et nommez le tableau avec --input</translation>
    </message>
    <message>
        <source>there is no task &quot;{0}&quot;</source>
        <translation>il n’y a pas de tâche «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>l’une de {0}</translation>
    </message>
    <message>
        <source>varied scene {0}</source>
        <translation>scène variée {0}</translation>
    </message>
    <message>
        <source>{0} is no reflectivity</source>
        <translation>{0} n’est pas une réflectivité</translation>
    </message>
    <message>
        <source>an array in dBZ</source>
        <translation>un tableau en dBZ</translation>
    </message>
    <message>
        <source>the unit &quot;{0}&quot;</source>
        <translation>l’unité «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>name another array with --input, or none</source>
        <translation>nommez un autre tableau avec --input, ou aucun</translation>
    </message>
    <message>
        <source>perhaps {0} is meant</source>
        <translation>peut-être {0}</translation>
    </message>
</context>
<context>
    <name>train</name>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>How often the network is judged while it learns; the schedule ends with the last</source>
        <translation>Combien de fois le réseau est jugé pendant qu’il apprend&#x202f;; le programme finit avec la dernière</translation>
    </message>
    <message>
        <source>Steps an epoch</source>
        <translation>Pas par époque</translation>
    </message>
    <message>
        <source>Corrections of the weights between two judgements; each takes one batch</source>
        <translation>Corrections des poids entre deux jugements&#x202f;; chacune prend un lot</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Samples a step; more need more memory and are smoother</source>
        <translation>Échantillons par pas&#x202f;; davantage demande plus de mémoire et donne plus de régularité</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Greatest size of a correction; too large and the loss jumps, too small and it crawls</source>
        <translation>Plus grande taille d’une correction&#x202f;; trop grand, la perte saute&#x202f;; trop petit, elle se traîne</translation>
    </message>
    <message>
        <source>one cycle: up, then down to nothing</source>
        <translation>un cycle&#xa0;: montée, puis descente jusqu’à rien</translation>
    </message>
    <message>
        <source>cosine: from the top down to nothing</source>
        <translation>cosinus&#xa0;: du sommet jusqu’à rien</translation>
    </message>
    <message>
        <source>constant after the warm-up</source>
        <translation>constant après l’échauffement</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>How the learning rate changes from the first step to the last</source>
        <translation>Comment le taux d’apprentissage change du premier pas au dernier</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Échauffement</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate grows from a twenty-fifth to the top</source>
        <translation>Part des pas pendant laquelle le taux d’apprentissage croît d’un vingt-cinquième au sommet</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Patience</translation>
    </message>
    <message>
        <source>Epochs without a better score after which the run ends early; 0: never</source>
        <translation>Époques sans meilleur score après lesquelles l’entraînement finit plus tôt&#x202f;; 0&#xa0;: jamais</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>Start of all random streams: the same seed and threads give the same run, bit for bit</source>
        <translation>Départ de tous les flux aléatoires&#xa0;: mêmes graine et fils donnent le même entraînement, au bit près</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Déclin des poids</translation>
    </message>
    <message>
        <source>Pull of the weights towards zero (AdamW); against learning by heart</source>
        <translation>Rappel des poids vers zéro (AdamW)&#x202f;; contre l’apprentissage par cœur</translation>
    </message>
    <message>
        <source>Gradient limit</source>
        <translation>Limite du gradient</translation>
    </message>
    <message>
        <source>Length to which a longer gradient is shortened; 0: as it is</source>
        <translation>Longueur à laquelle un gradient plus long est raccourci&#x202f;; 0&#xa0;: tel quel</translation>
    </message>
    <message>
        <source>Averaging</source>
        <translation>Moyennage</translation>
    </message>
    <message>
        <source>Share of the old in the running mean of the weights that is judged and kept; 0: no mean</source>
        <translation>Part de l’ancien dans la moyenne glissante des poids, qui est jugée et gardée&#x202f;; 0&#xa0;: pas de moyenne</translation>
    </message>
    <message>
        <source>32 bits: exact to the bit on resuming</source>
        <translation>32 bits&#xa0;: reprise exacte au bit près</translation>
    </message>
    <message>
        <source>16 bits of wide range: faster on processors and cards that have it</source>
        <translation>16 bits à grande étendue&#xa0;: plus rapide sur les processeurs et les cartes qui l’ont</translation>
    </message>
    <message>
        <source>16 bits of narrow range, with a factor on the loss: for older cards</source>
        <translation>16 bits à petite étendue, avec un facteur sur la perte&#xa0;: pour les cartes plus anciennes</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>Numbers used in convolutions; weights are always kept in 32 bits</source>
        <translation>Nombres employés dans les convolutions&#x202f;; les poids restent toujours en 32 bits</translation>
    </message>
    <message>
        <source>a GPU where there is one for us, else the processor</source>
        <translation>un GPU s’il y en a un pour nous, sinon le processeur</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>le processeur</translation>
    </message>
    <message>
        <source>a GPU, or not at all</source>
        <translation>un GPU, ou rien</translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation>Calcule sur</translation>
    </message>
    <message>
        <source>Inside a Slurm job a GPU counts only where one was asked for</source>
        <translation>Dans un travail Slurm, un GPU ne compte que s’il a été demandé</translation>
    </message>
    <message>
        <source>Parts of a batch</source>
        <translation>Parties d’un lot</translation>
    </message>
    <message>
        <source>A batch is computed in so many parts, one after the other: less memory, the same correction. It grows by itself where the memory does not suffice</source>
        <translation>Un lot est calculé en autant de parties, l’une après l’autre&#xa0;: moins de mémoire, la même correction. Leur nombre croît de lui-même si la mémoire ne suffit pas</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Limite de mémoire</translation>
    </message>
    <message>
        <source>What the tensors of the steps may take beside the program and its data, on the processor; 0: what the machine has</source>
        <translation>Ce que les tenseurs des pas peuvent prendre en plus du programme et de ses données, sur le processeur&#x202f;; 0&#xa0;: ce qu’a la machine</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Processes on this machine that share each batch, one a GPU; where Slurm starts several, its number counts</source>
        <translation>Processus de cette machine qui se partagent chaque lot, un par GPU&#x202f;; si Slurm en lance plusieurs, c’est son nombre qui compte</translation>
    </message>
    <message>
        <source>Patience with a process</source>
        <translation>Patience envers un processus</translation>
    </message>
    <message>
        <source>How long one of several processes may give no sign of life before the run ends at its last checkpoint, to be continued</source>
        <translation>Combien de temps l’un de plusieurs processus peut ne pas donner signe de vie avant que l’entraînement finisse à son dernier point de reprise, pour être continué</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Fils d’exécution</translation>
    </message>
    <message>
        <source>Threads of the arithmetic; 0: one a core</source>
        <translation>Fils du calcul&#x202f;; 0&#xa0;: un par cœur</translation>
    </message>
    <message>
        <source>Sample makers</source>
        <translation>Préparateurs</translation>
    </message>
    <message>
        <source>Threads that prepare samples ahead; their number changes no result</source>
        <translation>Fils qui préparent les échantillons d’avance&#x202f;; leur nombre ne change aucun résultat</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Point de reprise tous les</translation>
    </message>
    <message>
        <source>Longest time between two checkpoints; one is written at the end of each epoch too</source>
        <translation>Plus longue durée entre deux points de reprise&#x202f;; il en est aussi écrit un à la fin de chaque époque</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Points de reprise gardés</translation>
    </message>
    <message>
        <source>How many of the newest checkpoints stay on the disk</source>
        <translation>Combien des plus récents restent sur le disque</translation>
    </message>
    <message>
        <source>Fields kept</source>
        <translation>Champs gardés</translation>
    </message>
    <message>
        <source>Validation fields whose raw, result and reference are kept in the run for judging</source>
        <translation>Champs de validation dont brut, résultat et référence restent dans l’entraînement pour être jugés</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Fichiers…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Dossier…</translation>
    </message>
    <message>
        <source>Path on {0}…</source>
        <translation>Chemin sur {0}…</translation>
    </message>
    <message>
        <source>What is open: {0}</source>
        <translation>Ce qui est ouvert&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Take all away</source>
        <translation>Tout retirer</translation>
    </message>
    <message>
        <source>{0} file</source>
        <translation>{0} fichier</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} fichiers</translation>
    </message>
    <message>
        <source>run {0}</source>
        <translation>entraînement {0}</translation>
    </message>
    <message>
        <source>Loss, per valid cell</source>
        <translation>Perte, par cellule valide</translation>
    </message>
    <message>
        <source>step</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>training</source>
        <translation>apprentissage</translation>
    </message>
    <message>
        <source>The losses come here once a run learns</source>
        <translation>Les pertes s’affichent ici dès qu’un réseau apprend</translation>
    </message>
    <message>
        <source>A score comes at the end of each epoch</source>
        <translation>Un score arrive à la fin de chaque époque</translation>
    </message>
    <message>
        <source>Score on whole validation fields</source>
        <translation>Score sur des champs de validation entiers</translation>
    </message>
    <message>
        <source>{0} on whole validation fields</source>
        <translation>{0} sur des champs de validation entiers</translation>
    </message>
    <message>
        <source>raw, no cleaning {0}</source>
        <translation>brut, sans nettoyage {0}</translation>
    </message>
    <message>
        <source>No answer from {0} for {1} s. What runs there goes on.</source>
        <translation>Pas de réponse de {0} depuis {1} s. Ce qui y tourne continue.</translation>
    </message>
    <message>
        <source>The queue can&apos;t be asked now; it is tried again: {0}</source>
        <translation>La file d’attente ne peut pas être interrogée maintenant&#x202f;; nouvel essai à venir&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the folder of runs can&apos;t be read</source>
        <translation>le dossier des entraînements ne peut pas être lu</translation>
    </message>
    <message>
        <source>A note of your own: double click to write it</source>
        <translation>Une note à vous&#xa0;: double clic pour l’écrire</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>A note of your own: kept in note.txt of the run</source>
        <translation>Une note à vous&#xa0;: gardée dans note.txt de l’entraînement</translation>
    </message>
    <message>
        <source>Judge this run</source>
        <translation>Juger cet entraînement</translation>
    </message>
    <message>
        <source>Clean the open data with this run and see it beside the reference</source>
        <translation>Nettoyer les données ouvertes avec cet entraînement et le voir à côté de la référence</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>Arrêter et garder</translation>
    </message>
    <message>
        <source>End after this batch and keep checkpoint and weights</source>
        <translation>Finir après ce lot et garder point de reprise et poids</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>End and throw checkpoints and weights of this run away</source>
        <translation>Finir et jeter les points de reprise et les poids de cet entraînement</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Continue this run from its last checkpoint</source>
        <translation>Continuer cet entraînement depuis son dernier point de reprise</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Prolonger</translation>
    </message>
    <message>
        <source>Let the job go on for one wall time more than was planned: it puts itself back into the queue and continues from its checkpoint</source>
        <translation>Laisser le travail continuer une durée de plus que prévu&#xa0;: il se remet dans la file et reprend à son point de reprise</translation>
    </message>
    <message>
        <source>Fetch weights</source>
        <translation>Rapporter les poids</translation>
    </message>
    <message>
        <source>Bring the weights and samples of this run to this computer</source>
        <translation>Rapporter sur cet ordinateur les poids et les échantillons de cet entraînement</translation>
    </message>
    <message>
        <source>Copy settings</source>
        <translation>Copier les réglages</translation>
    </message>
    <message>
        <source>Fill the form at the left with task, network, data, machine and settings of this run, to change some and train again</source>
        <translation>Remplir le formulaire de gauche avec tâche, réseau, données, machine et réglages de cet entraînement, pour en changer et entraîner de nouveau</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>Voir le journal</translation>
    </message>
    <message>
        <source>What the trainer wrote while it worked</source>
        <translation>Ce que le programme a écrit pendant qu’il travaillait</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Ne plus attendre</translation>
    </message>
    <message>
        <source>Really discard it?</source>
        <translation>Vraiment abandonner&#x202f;?</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>Voir les courbes</translation>
    </message>
    <message>
        <source>state</source>
        <translation>état</translation>
    </message>
    <message>
        <source>at</source>
        <translation>à</translation>
    </message>
    <message>
        <source>job</source>
        <translation>travail</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>epochs done</source>
        <translation>époques faites</translation>
    </message>
    <message>
        <source>steps done</source>
        <translation>pas faits</translation>
    </message>
    <message>
        <source>time left</source>
        <translation>temps restant</translation>
    </message>
    <message>
        <source>trained for</source>
        <translation>entraîné pendant</translation>
    </message>
    <message>
        <source>best</source>
        <translation>meilleur</translation>
    </message>
    <message>
        <source>best in epoch</source>
        <translation>meilleure époque</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>mémoire</translation>
    </message>
    <message>
        <source>on</source>
        <translation>sur</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Pas encore d’entraînement</translation>
    </message>
    <message>
        <source>Press the button at the lower left. What is being trained is told here.</source>
        <translation>Cliquez sur le bouton en bas à gauche. Ce qui s’entraîne est raconté ici.</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>Entraînement {0}</translation>
    </message>
    <message>
        <source>Its trainer does not answer any more. Go on continues from the last checkpoint.</source>
        <translation>Son programme ne répond plus. Continuer reprend au dernier point de reprise.</translation>
    </message>
    <message>
        <source>Its trainer does not answer any more. Go on begins it again: it had no checkpoint yet.</source>
        <translation>Son programme ne répond plus. Continuer le recommence&#xa0;: il n’avait pas encore de point de reprise.</translation>
    </message>
    <message>
        <source>{0}, {1} weights</source>
        <translation>{0}, {1} poids</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>waiting in the queue</source>
        <translation>attend dans la file</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>démarre</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>s’arrête</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échoué</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>abandonné</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perdu</translation>
    </message>
    <message>
        <source>stopped, weights kept</source>
        <translation>arrêté, poids gardés</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fini</translation>
    </message>
    <message>
        <source>{0}, epoch {1} of {2}</source>
        <translation>{0}, époque {1} sur {2}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{0} GB</source>
        <translation>{0} Go</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} Mo</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} d</source>
        <translation>{0} j</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>{0}, through ssh</source>
        <translation>{0}, par ssh</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>The machine that trains: this one, a cluster with Slurm, or another one through ssh</source>
        <translation>La machine qui entraîne&#xa0;: celle-ci, un cluster avec Slurm, ou une autre par ssh</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>The queue of the cluster; each has its own longest time and its own GPUs</source>
        <translation>La file d’attente du cluster&#x202f;; chacune a sa durée maximale et ses GPU</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>How many GPUs the run asks for; 0 trains on the processor</source>
        <translation>Combien de GPU l’entraînement demande&#x202f;; 0 entraîne sur le processeur</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>Durée maximale</translation>
    </message>
    <message>
        <source>Longest time of one job, as in 8 h, 90 min or 1:30:00. A job that needs more goes on from its checkpoint in a next one</source>
        <translation>Plus longue durée d’un travail, comme 8 h, 90 min ou 1:30:00. S’il en faut plus, un travail suivant reprend au point de reprise</translation>
    </message>
    <message>
        <source>Goes on by itself</source>
        <translation>Se continue</translation>
    </message>
    <message>
        <source>How often a job whose time is over may put itself back into the queue and go on</source>
        <translation>Combien de fois un travail dont le temps est écoulé peut se remettre dans la file et continuer</translation>
    </message>
    <message>
        <source>times</source>
        <translation>fois</translation>
    </message>
    <message>
        <source>host {0}</source>
        <translation>hôte {0}</translation>
    </message>
    <message>
        <source>GPUs a user: {0}</source>
        <translation>GPU par utilisateur&#xa0;: {0}</translation>
    </message>
    <message>
        <source>jobs at once: {0}</source>
        <translation>travaux à la fois&#xa0;: {0}</translation>
    </message>
    <message>
        <source>scratch disks are not backed up</source>
        <translation>les disques temporaires ne sont pas sauvegardés</translation>
    </message>
    <message>
        <source>as the site chooses</source>
        <translation>au choix du site</translation>
    </message>
    <message>
        <source>a whole number is needed, 0 or more</source>
        <translation>il faut un entier, 0 ou plus</translation>
    </message>
    <message>
        <source>a time is needed, like 8 h, 90 min or 1:30:00</source>
        <translation>il faut une durée, comme 8 h, 90 min ou 1:30:00</translation>
    </message>
    <message>
        <source>Train here</source>
        <translation>Entraîner ici</translation>
    </message>
    <message>
        <source>Train on {0}</source>
        <translation>Entraîner sur {0}</translation>
    </message>
    <message>
        <source>Give some settings several values: every combination becomes a run, and a table and a chart rank them</source>
        <translation>Donner plusieurs valeurs à certains réglages&#xa0;: chaque combinaison devient un entraînement, un tableau et un graphique les classent</translation>
    </message>
    <message>
        <source>+ another setting</source>
        <translation>+ un autre réglage</translation>
    </message>
    <message>
        <source>Stop hopeless ones early</source>
        <translation>Arrêter tôt les sans espoir</translation>
    </message>
    <message>
        <source>A run whose best score after three epochs lies below the median of the others ends, and keeps its weights</source>
        <translation>Un entraînement dont le meilleur score après trois époques est sous la médiane des autres finit, et garde ses poids</translation>
    </message>
    <message>
        <source>Several values (sweep)</source>
        <translation>Plusieurs valeurs (exploration)</translation>
    </message>
    <message>
        <source>The setting that gets several values</source>
        <translation>Le réglage qui prend plusieurs valeurs</translation>
    </message>
    <message>
        <source>Its values, with semicolons between them</source>
        <translation>Ses valeurs, séparées par des points-virgules</translation>
    </message>
    <message>
        <source>Take this setting out of the sweep</source>
        <translation>Retirer ce réglage de l’exploration</translation>
    </message>
    <message>
        <source>this setting is varied above already</source>
        <translation>ce réglage varie déjà ci-dessus</translation>
    </message>
    <message>
        <source>Type values with semicolons between them: 0.001; 0.003</source>
        <translation>Tapez des valeurs séparées par des points-virgules&#xa0;: 0,001; 0,003</translation>
    </message>
    <message>
        <source>{0} runs are too many: at most {1}</source>
        <translation>{0} entraînements, c’est trop&#xa0;: au plus {1}</translation>
    </message>
    <message>
        <source>{0} runs, {1} at the same time</source>
        <translation>{0} entraînements, {1} à la fois</translation>
    </message>
    <message>
        <source>{0} runs</source>
        <translation>{0} entraînements</translation>
    </message>
    <message>
        <source>too many runs</source>
        <translation>trop d’entraînements</translation>
    </message>
    <message>
        <source>The runs of the sweep come here</source>
        <translation>Les entraînements de l’exploration s’affichent ici</translation>
    </message>
    <message>
        <source>{0}, hopeless</source>
        <translation>{0}, sans espoir</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Stop the hopeless</source>
        <translation>Arrêter les sans espoir</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Tout arrêter</translation>
    </message>
    <message>
        <source>End the runs whose best score lies below the median of what the others had reached by then; they keep their weights</source>
        <translation>Finir les entraînements dont le meilleur score est sous la médiane de ce que les autres avaient alors atteint&#x202f;; ils gardent leurs poids</translation>
    </message>
    <message>
        <source>End all runs of the sweep that work or wait; they keep their weights</source>
        <translation>Finir tous les entraînements de l’exploration qui travaillent ou attendent&#x202f;; ils gardent leurs poids</translation>
    </message>
    <message>
        <source>The sweep is being read</source>
        <translation>Lecture de l’exploration</translation>
    </message>
    <message>
        <source>{0} of {1} runs are over. Click a line or a row to see its run.</source>
        <translation>{0} entraînements sur {1} sont finis. Cliquez sur une ligne pour voir son entraînement.</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Nouvel entraînement</translation>
    </message>
    <message>
        <source>Put the form back to its defaults, without data</source>
        <translation>Remettre le formulaire à ses valeurs par défaut, sans données</translation>
    </message>
    <message>
        <source>Compare the sweep</source>
        <translation>Comparer l’exploration</translation>
    </message>
    <message>
        <source>Show which values lead to which score, in place of the curves</source>
        <translation>Montrer quelles valeurs mènent à quel score, à la place des courbes</translation>
    </message>
    <message>
        <source>Writing the note</source>
        <translation>Écriture de la note</translation>
    </message>
    <message>
        <source>Asking the trainer to end</source>
        <translation>Demande de finir</translation>
    </message>
    <message>
        <source>Continuing a run</source>
        <translation>Reprise d’un entraînement</translation>
    </message>
    <message>
        <source>Extending a run</source>
        <translation>Prolongation d’un entraînement</translation>
    </message>
    <message>
        <source>Fetching weights and samples</source>
        <translation>Récupération des poids et des échantillons</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entraîner</translation>
    </message>
    <message>
        <source>Teach a network, and follow all runs</source>
        <translation>Apprendre à un réseau, et suivre tous les entraînements</translation>
    </message>
    <message>
        <source>Take the run out of the queue</source>
        <translation>Retirer l’entraînement de la file d’attente</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Entraînements</translation>
    </message>
    <message>
        <source>Starting a run on {0}</source>
        <translation>Lancement d’un entraînement sur {0}</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>cet ordinateur</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Dossier des entraînements</translation>
    </message>
    <message>
        <source>Ctrl+click adds a run to the curves</source>
        <translation>Ctrl+clic ajoute un entraînement aux courbes</translation>
    </message>
    <message>
        <source>Each run that you start is listed here and kept</source>
        <translation>Chaque entraînement lancé figure ici et y reste</translation>
    </message>
    <message>
        <source>Sweep {0}</source>
        <translation>Exploration {0}</translation>
    </message>
    <message>
        <source>Log of run {0}</source>
        <translation>Journal de l’entraînement {0}</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Courbes</translation>
    </message>
    <message>
        <source>Runs {0}</source>
        <translation>Entraînements {0}</translation>
    </message>
    <message>
        <source>{0} job before you</source>
        <translation>{0} travail avant vous</translation>
    </message>
    <message>
        <source>{0} jobs before you</source>
        <translation>{0} travaux avant vous</translation>
    </message>
    <message>
        <source>starts about {0} UTC (an estimate)</source>
        <translation>départ vers {0} UTC (une estimation)</translation>
    </message>
    <message>
        <source>waits in the queue. You may close this window.</source>
        <translation>attend dans la file. Vous pouvez fermer cette fenêtre.</translation>
    </message>
    <message>
        <source>waits in the queue: {0}. You may close this window.</source>
        <translation>attend dans la file&#xa0;: {0}. Vous pouvez fermer cette fenêtre.</translation>
    </message>
    <message>
        <source>was sent to {0}. You may close this window.</source>
        <translation>a été envoyé à {0}. Vous pouvez fermer cette fenêtre.</translation>
    </message>
    <message>
        <source>begins: its data are read. You may close this window.</source>
        <translation>commence&#xa0;: ses données sont lues. Vous pouvez fermer cette fenêtre.</translation>
    </message>
    <message>
        <source>is learning. You may close this window: it goes on.</source>
        <translation>apprend. Vous pouvez fermer cette fenêtre&#xa0;: il continue.</translation>
    </message>
    <message>
        <source>is learning, {0} left. You may close this window: it goes on.</source>
        <translation>apprend, encore {0}. Vous pouvez fermer cette fenêtre&#xa0;: il continue.</translation>
    </message>
    <message>
        <source>ends after this batch.</source>
        <translation>finit après ce lot.</translation>
    </message>
    <message>
        <source>Run {0} failed:</source>
        <translation>L’entraînement {0} a échoué&#xa0;:</translation>
    </message>
    <message>
        <source>is lost: its trainer does not answer any more. Go on, at the right, continues it.</source>
        <translation>est perdu&#xa0;: son programme ne répond plus. Continuer, à droite, le reprend.</translation>
    </message>
    <message>
        <source>Run {0} {1}</source>
        <translation>Entraînement {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} runs at work</source>
        <translation>{0} entraînements en cours</translation>
    </message>
    <message>
        <source>runs in {0}</source>
        <translation>entraînements dans {0}</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Le journal est vide.</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Changer…</translation>
    </message>
    <message>
        <source>What to train</source>
        <translation>Qu’entraîner</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Tâche</translation>
    </message>
    <message>
        <source>What the network shall learn</source>
        <translation>Ce que le réseau doit apprendre</translation>
    </message>
    <message>
        <source>How the network is built; only those that fit the task are offered</source>
        <translation>Comment le réseau est bâti&#x202f;; seuls ceux qui conviennent à la tâche sont proposés</translation>
    </message>
    <message>
        <source>Train in a process or job of its own: the window may be closed meanwhile</source>
        <translation>Entraîner dans un processus ou un travail à part&#xa0;: la fenêtre peut être fermée pendant ce temps</translation>
    </message>
    <message>
        <source>Choose the folder in which runs are written</source>
        <translation>Choisir le dossier où les entraînements sont écrits</translation>
    </message>
    <message>
        <source>built-in scene</source>
        <translation>scène intégrée</translation>
    </message>
    <message>
        <source>add files or a folder</source>
        <translation>ajoutez des fichiers ou un dossier</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>{0} weights</source>
        <translation>{0} poids</translation>
    </message>
    <message>
        <source>{0}: each batch will be computed in parts</source>
        <translation>{0}&#xa0;: chaque lot sera calculé en parties</translation>
    </message>
    <message>
        <source>no network fits this task</source>
        <translation>aucun réseau ne convient à cette tâche</translation>
    </message>
    <message>
        <source>{0} setting to correct: {1}</source>
        <translation>{0} réglage à corriger&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} settings to correct: {1}</source>
        <translation>{0} réglages à corriger&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0}: add files or a folder</source>
        <translation>{0}&#xa0;: ajoutez des fichiers ou un dossier</translation>
    </message>
    <message>
        <source>{0}: {1} runs</source>
        <translation>{0}&#xa0;: {1} entraînements</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>lancement…</translation>
    </message>
    <message>
        <source>Written to {0}, trained on this computer.</source>
        <translation>Écrit dans {0}, entraîné sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Written to {0}. Asks for {1} GPU, for {2} at most.</source>
        <translation>Écrit dans {0}. Demande {1} GPU, pour {2} au plus.</translation>
    </message>
    <message>
        <source>Written to {0}. Asks for {1} GPUs, for {2} at most.</source>
        <translation>Écrit dans {0}. Demande {1} GPU, pour {2} au plus.</translation>
    </message>
    <message>
        <source>Mirrored in {0}, trained on {1}.</source>
        <translation>Reflété dans {0}, entraîné sur {1}.</translation>
    </message>
    <message>
        <source>Job {0}: {1}</source>
        <translation>Travail {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>random weights</source>
        <translation>des poids aléatoires</translation>
    </message>
    <message>
        <source>the model that comes with the program</source>
        <translation>le modèle livré avec le programme</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Commencer avec</translation>
    </message>
    <message>
        <source>Weights to begin with: a trained network learns your own days in fewer steps; choose a smaller learning rate</source>
        <translation>Poids de départ&#xa0;: un réseau déjà entraîné apprend vos propres jours en moins de pas&#x202f;; choisissez un taux d’apprentissage plus petit</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Tolérance</translation>
    </message>
    <message>
        <source>The weights of the latest epoch are kept whose main score is short of the highest by less than this; 0: those of the highest</source>
        <translation>On garde les poids de la dernière époque dont le score principal est à moins que cela du plus haut&#xa0;; 0&#xa0;: ceux du plus haut</translation>
    </message>
    <message>
        <source>Wet and dry volumes</source>
        <translation>Volumes pluvieux et secs</translation>
    </message>
    <message>
        <source>0 h UTC</source>
        <translation>0 h UTC</translation>
    </message>
    <message>
        <source> (by hand)</source>
        <translation> (à la main)</translation>
    </message>
    <message>
        <source>A click makes all volumes of the day dry, wet or unsure</source>
        <translation>Un clic rend tous les volumes du jour secs, pluvieux ou incertains</translation>
    </message>
    <message>
        <source>Radar files</source>
        <translation>Fichiers du radar</translation>
    </message>
    <message>
        <source>Volumes that shall be told apart, as they were measured</source>
        <translation>Les volumes à distinguer, tels qu’ils ont été mesurés</translation>
    </message>
    <message>
        <source>Station files</source>
        <translation>Fichiers de stations</translation>
    </message>
    <message>
        <source>Readings of rain gauges, CSV or netCDF</source>
        <translation>Relevés de pluviomètres, CSV ou netCDF</translation>
    </message>
    <message>
        <source>Use these days</source>
        <translation>Utiliser ces jours</translation>
    </message>
    <message>
        <source>Save list…</source>
        <translation>Enregistrer la liste…</translation>
    </message>
    <message>
        <source>Wet and dry days by rain gauges</source>
        <translation>Jours pluvieux et secs selon les pluviomètres</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>Ce qui compte</translation>
    </message>
    <message>
        <source>A click on a volume makes it dry, wet or unsure in turn, one on a date all of that day. What is unsure serves for nothing.</source>
        <translation>Un clic sur un volume le rend tour à tour sec, pluvieux ou incertain, un clic sur une date tous ceux du jour. Ce qui est incertain ne sert à rien.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Wet volumes become rainy days, dry ones dry days</source>
        <translation>Les volumes pluvieux deviennent les jours de pluie, les secs les jours secs</translation>
    </message>
    <message>
        <source>As a text for embellie-cli rounds, which trains on it</source>
        <translation>Un texte pour embellie-cli rounds, qui s’entraîne dessus</translation>
    </message>
    <message>
        <source>Name the radar&apos;s files, or their folder, with Add.</source>
        <translation>Indiquez les fichiers du radar, ou leur dossier, avec Ajouter.</translation>
    </message>
    <message>
        <source>Name the station file with Add: it tells dry from wet volumes.</source>
        <translation>Indiquez le fichier de stations avec Ajouter&#xa0;: il distingue les volumes secs et pluvieux.</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>lecture…</translation>
    </message>
    <message>
        <source>Wet and dry days</source>
        <translation>Jours pluvieux et secs</translation>
    </message>
    <message>
        <source>{0} gauges read</source>
        <translation>{0} pluviomètres lus</translation>
    </message>
    <message>
        <source>Both wet and dry volumes are needed: change the distance or the number of gauges, or correct the calendar by hand.</source>
        <translation>Il faut des volumes pluvieux et des volumes secs&#xa0;: changez la distance ou le nombre de pluviomètres, ou corrigez le calendrier à la main.</translation>
    </message>
    <message>
        <source>Written to {0}.</source>
        <translation>Écrit dans {0}.</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>débit</translation>
    </message>
    <message>
        <source>{0} samples a second</source>
        <translation>{0} échantillons par seconde</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>waited for</source>
        <translation>a attendu</translation>
    </message>
    <message>
        <source>samples, {0} % of the time</source>
        <translation>les échantillons, {0}&#xa0;% du temps</translation>
    </message>
    <message>
        <source>arithmetic; samples {0} % of the time</source>
        <translation>le calcul&#x202f;; les échantillons {0}&#xa0;% du temps</translation>
    </message>
    <message>
        <source>{0} at most</source>
        <translation>{0} au plus</translation>
    </message>
    <message>
        <source>{0} at most, {1} expected</source>
        <translation>{0} au plus, {1} prévu</translation>
    </message>
    <message>
        <source>{0} at most, {1} expected, of {2}</source>
        <translation>{0} au plus, {1} prévu, sur {2}</translation>
    </message>
    <message>
        <source>From rain gauges…</source>
        <translation>D’après les pluviomètres…</translation>
    </message>
    <message>
        <source>Tells rainy from dry days by the readings of rain gauges around the radar, in a calendar</source>
        <translation>Distingue les jours de pluie des jours secs d’après les relevés des pluviomètres autour du radar, dans un calendrier</translation>
    </message>
</context>
<context>
    <name>unet</name>
    <message>
        <source>a width is a whole number</source>
        <translation>une largeur est un entier</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>U-Net</source>
        <translation>U-Net</translation>
    </message>
    <message>
        <source>Convolutions on ever coarser copies of the field and back up, with the fine ones handed across: sees both the gate and its surroundings. Ronneberger, Fischer and Brox, MICCAI 2015</source>
        <translation>Des convolutions sur des copies du champ de plus en plus grossières, puis en remontant, avec les fines transmises au passage&#xa0;: voit à la fois la porte et ses environs. Ronneberger, Fischer et Brox, MICCAI 2015</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Channels of the first stage; the next ones have twice, then four times as many. Multiples of 16 are quickest</source>
        <translation>Canaux du premier étage&#x202f;; les suivants en ont deux fois, puis quatre fois plus. Les multiples de 16 sont les plus rapides</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profondeur</translation>
    </message>
    <message>
        <source>Stages, each half as fine as the one above: more see farther</source>
        <translation>Étages, chacun deux fois moins fin que celui du dessus&#xa0;: davantage voient plus loin</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Abandon (dropout)</translation>
    </message>
    <message>
        <source>Share of channels blanked at random in the lowest stage while learning</source>
        <translation>Part des canaux mis à zéro au hasard dans l’étage le plus bas pendant l’apprentissage</translation>
    </message>
    <message>
        <source>by groups of channels of one field</source>
        <translation>par groupes de canaux d’un champ</translation>
    </message>
    <message>
        <source>by channel over the batch</source>
        <translation>par canal sur le lot</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>Normalisation</translation>
    </message>
    <message>
        <source>How the numbers between convolutions are kept in range</source>
        <translation>Comment les nombres entre les convolutions sont tenus dans leur domaine</translation>
    </message>
    <message>
        <source>Widths</source>
        <translation>Largeurs</translation>
    </message>
    <message>
        <source>Channels of each stage; when given, width and depth do not count</source>
        <translation>Canaux de chaque étage&#x202f;; s’ils sont donnés, largeur et profondeur ne comptent pas</translation>
    </message>
    <message>
        <source>Closed circle</source>
        <translation>Cercle fermé</translation>
    </message>
    <message>
        <source>The last ray is the neighbour of the first: right for sweeps over the whole circle</source>
        <translation>Le dernier rayon est voisin du premier&#xa0;: juste pour les balayages du tour entier</translation>
    </message>
    <message>
        <source>Compute stages twice</source>
        <translation>Calculer les étages deux fois</translation>
    </message>
    <message>
        <source>Keeps only what enters a stage and computes the rest again on the way back: much less memory, a third more time. For large fields</source>
        <translation>Ne garde que ce qui entre dans un étage et recalcule le reste au retour&#xa0;: bien moins de mémoire, un tiers de temps en plus. Pour les grands champs</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>Four moments</source>
        <translation>Quatre moments</translation>
    </message>
    <message>
        <source>Four fields of the same sweep or level; camera and cursor are linked.</source>
        <translation>Quatre champs du même balayage ou niveau&#x202f;; caméra et curseur sont liés.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un moment</translation>
    </message>
    <message>
        <source>One field over the whole width.</source>
        <translation>Un champ sur toute la largeur.</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3-D</translation>
    </message>
    <message>
        <source>All sweeps of the volume as cones, turned with the mouse.</source>
        <translation>Tous les balayages du volume en cônes, tournés à la souris.</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Radar and satellite fields: look, train, judge.</source>
        <translation>Champs radar et satellite&#xa0;: voir, entraîner, juger.</translation>
    </message>
    <message>
        <source>Files, folders, a run or a workspace to open.</source>
        <translation>Fichiers, dossiers, entraînement ou espace de travail à ouvrir.</translation>
    </message>
    <message>
        <source>Shows exactly the view that Save view… wrote.</source>
        <translation>Montre exactement la vue qu’Enregistrer la vue… a écrite.</translation>
    </message>
    <message>
        <source>Writes a PNG picture and ends; needs no display.</source>
        <translation>Écrit une image PNG et se termine&#x202f;; n’a pas besoin d’écran.</translation>
    </message>
    <message>
        <source>Size of the window or picture in pixels: 1280x800.</source>
        <translation>Taille de la fenêtre ou de l’image en pixels&#xa0;: 1280x800.</translation>
    </message>
    <message>
        <source>light or dark; kept for the next start.</source>
        <translation>light (clair) ou dark (sombre)&#x202f;; retenu pour le prochain démarrage.</translation>
    </message>
    <message>
        <source>Language of the window: fr, en.</source>
        <translation>Langue de la fenêtre&#xa0;: fr, en.</translation>
    </message>
    <message>
        <source>Page in front: look, train or judge.</source>
        <translation>Page au premier plan&#xa0;: look (voir), train (entraîner) ou judge (juger).</translation>
    </message>
    <message>
        <source>Runs a named action before the picture is taken: judge.show_cleaned; may be repeated.</source>
        <translation>Exécute une action nommée avant que l’image soit prise&#xa0;: judge.show_cleaned&#x202f;; peut être répété.</translation>
    </message>
    <message>
        <source>Opens the built-in scene.</source>
        <translation>Ouvre la scène intégrée.</translation>
    </message>
    <message>
        <source>--action needs --screenshot</source>
        <translation>--action demande --screenshot</translation>
    </message>
    <message>
        <source>--theme is light or dark</source>
        <translation>--theme vaut light ou dark</translation>
    </message>
    <message>
        <source>--page is look, train or judge</source>
        <translation>--page vaut look, train ou judge</translation>
    </message>
    <message>
        <source>--size is a width and a height from 64 to 32768, like 1280x800</source>
        <translation>--size est une largeur et une hauteur de 64 à 32768, comme 1280x800</translation>
    </message>
    <message>
        <source>there is no action &quot;%1&quot;</source>
        <translation>il n’y a pas d’action &quot;%1&quot;</translation>
    </message>
    <message>
        <source>the picture was not complete after two minutes</source>
        <translation>l’image n’était pas complète après deux minutes</translation>
    </message>
    <message>
        <source>Looks at this installation and says what is wrong with it.</source>
        <translation>Examine cette installation et dit ce qui ne va pas.</translation>
    </message>
</context>
<context>
    <name>workspace</name>
    <message>
        <source>this view was written by a newer version of the program</source>
        <translation>cette vue a été écrite par une version plus récente du programme</translation>
    </message>
    <message>
        <source>format {0}</source>
        <translation>format {0}</translation>
    </message>
    <message>
        <source>open it with the newer version</source>
        <translation>ouvrez-la avec la version plus récente</translation>
    </message>
    <message>
        <source>the time can&apos;t be read</source>
        <translation>la date ne peut pas être lue</translation>
    </message>
    <message>
        <source>a time like 2023-04-20T06:50:41Z</source>
        <translation>une date comme 2023-04-20T06:50:41Z</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>the view can&apos;t be read</source>
        <translation>la vue ne peut pas être lue</translation>
    </message>
    <message>
        <source>the JSON of a view, as “Save view…” writes it</source>
        <translation>le JSON d’une vue, tel que «&#xa0;Enregistrer la vue…&#xa0;» l’écrit</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>the workspace can&apos;t be kept</source>
        <translation>l’espace de travail ne peut pas être conservé</translation>
    </message>
    <message>
        <source>this is not a workspace</source>
        <translation>ce n’est pas un espace de travail</translation>
    </message>
    <message>
        <source>this workspace was written by a newer version of the program</source>
        <translation>cet espace de travail a été écrit par une version plus récente du programme</translation>
    </message>
    <message>
        <source>the workspace can&apos;t be read</source>
        <translation>l’espace de travail ne peut pas être lu</translation>
    </message>
    <message>
        <source>the JSON of a workspace, as “Save workspace…” writes it</source>
        <translation>le JSON d’un espace de travail, tel que «&#xa0;Enregistrer l’espace de travail…&#xa0;» l’écrit</translation>
    </message>
    <message>
        <source>the built-in scene</source>
        <translation>la scène intégrée</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>open it by the newer version of the program</source>
        <translation>ouvrez-le par la version plus récente du programme</translation>
    </message>
</context>
</TS>
